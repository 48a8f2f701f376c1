// Shared by the repackings to PQ2_0. Planes: lib/weight/pq2_0.wgsl. Pairs are the first; a block of 256 has a
// word of two scales, and one of 128 half of that.
fn d_plane() -> u32 {
  return params.n_spans / 2u;
}

fn records_plane() -> u32 {
  return d_plane();
}

// The record of a block of 256 with one scale, of f16 bits `d`.
fn ternary_record(d: u32) -> u32 {
  return d | (d << 16u);
}

// Two spans' pairs from 16 bytes of codes in order, four to a byte: code 8j + b is pair b of byte 2j, and
// code 8j + 4 + b that of byte 2j + 1.
fn pairs_in_order(bytes: vec4<u32>) -> vec4<u32> {
  let even = bytes & vec4<u32>(0x00FF00FFu);
  let odd = (bytes >> vec4<u32>(8u)) & vec4<u32>(0x00FF00FFu);
  return vec4<u32>(column(even.xy), column(odd.xy), column(even.zw), column(odd.zw));
}

// A word of pairs from four bytes, the low ones of the halves of two words: byte j's pairs become pair j of
// each byte.
fn column(words: vec2<u32>) -> u32 {
  let bytes = vec4<u32>(words.x, words.x >> 16u, words.y, words.y >> 16u);
  return joined(pairs_to_bytes(bytes) << vec4<u32>(0u, 2u, 4u, 6u));
}
