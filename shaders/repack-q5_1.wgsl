// Q5_1, 24 bytes per 32 weights: d, m f16, fifth bits u32, bytes[16]
//   ->  codes (1 vec4 per span), records (1 word per span), high bits (1 word per span).
//
// Byte i has the lower 4 bits of codes i and i + 16; bit i is the fifth of code i.
// One invocation takes one block. Planes: lib/weight-q5_1.wgsl.
fn repack_block(start: u32, to_block: u32) {
  put_span_nibbles(to_block * 4u, start + 8u);
  let records = params.n_spans * 4u;
  planes[records + to_block] = raw_word(start);

  let fifth = raw_word(start + 4u);
  var bits = 0u;
  for (var j = 0u; j < 4u; j++) {
    bits |= bits_to_bytes(fifth >> (8u * j)) << j;
    bits |= bits_to_bytes(fifth >> (8u * j + 4u)) << (j + 4u);
  }
  planes[records + ((params.n_spans + 3u) & ~3u) + to_block] = bits;
}
