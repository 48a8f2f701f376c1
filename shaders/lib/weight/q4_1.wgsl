// View of Q4_1 weights: d * code + m; codes of 4 bits; d, m f16 per span of 32.
//
//   plane 0   codes     1 vec4 per span, nibbles as weight_nibbles reads them
//   plane 1   records   1 word per span, lib/weight/parts/dm.wgsl
const weight_middle = 8.0;

fn weight_words(span: u32) -> array<u32, 8> {
  return weight_nibbles(weight[span]);
}
