// Q5_1, 24 bytes per 32 weights: d, m f16, fifth bits u32, bytes[16]
//   ->  codes (1 vec4 per span), records (1 word per span), high bits (1 word per span).
//
// Byte i has the lower 4 bits of codes i and i + 16; bit i is the fifth of code i. Four blocks, whose words
// share a vec4. Planes: lib/weight/q5_1.wgsl.
fn repack_group(first: u32, end: u32) {
  let to = params.first_block + first;
  var records = vec4<u32>();
  var bits = vec4<u32>();
  for (var i = 0u; i < end - first; i++) {
    let start = (first + i) * BLOCK_BYTES;
    planes[to + i] = span_nibbles(raw_vec4(start + 8u));
    records[i] = raw_word(start);
    bits[i] = high_bits(raw_word(start + 4u));
  }
  let records_plane = params.n_spans;
  planes[records_plane + (to >> 2u)] = records;
  planes[records_plane + ((params.n_spans + 3u) >> 2u) + (to >> 2u)] = bits;
}

fn high_bits(fifth: u32) -> u32 {
  let by = vec4<u32>(0u, 8u, 16u, 24u);
  return joined(bits_to_bytes(vec4<u32>(fifth) >> by) << vec4<u32>(0u, 1u, 2u, 3u))
    | joined(bits_to_bytes(vec4<u32>(fifth >> 4u) >> by) << vec4<u32>(4u, 5u, 6u, 7u));
}
