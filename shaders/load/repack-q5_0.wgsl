// Q5_0, 22 bytes per 32 weights: d f16, fifth bits u32, bytes[16]; d * (code - 16)
//   ->  Q8_0: codes (2 vec4 per span), d (f16, 8 to a vec4).
//
// Byte i has the lower 4 bits of codes i and i + 16; bit i is the fifth of code i. Planes:
// lib/weight/q8_0.wgsl.
fn d_plane() -> u32 {
  return params.n_spans * 2u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  let bytes = raw_vec4(start + 6u);
  // code - 16 is the nibble where the fifth bit is set, else nibble - 16: as int8, the nibble with all ones
  // above it.
  let unset = vec4<u32>(~raw_word(start + 2u)) >> vec4<u32>(0u, 4u, 8u, 12u);
  planes[to_block * 2u] = (bytes & NIBBLES) | (bits_to_bytes(unset) * 0xF0u);
  planes[to_block * 2u + 1u] =
    ((bytes >> vec4<u32>(4u)) & NIBBLES) | (bits_to_bytes(unset >> vec4<u32>(16u)) * 0xF0u);
  return raw_half(start);
}
