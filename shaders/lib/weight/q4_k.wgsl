// View of Q4_K weights: d * scale * code - dmin * min; codes of 4 bits; scale and min of 6 bits per span of
// 32; d, dmin f16 per block of 256.
//
//   plane 0   codes     1 vec4 per span, nibbles as weight_nibbles reads them
//   plane 1   records   1 vec4 per block, lib/weight/parts/record.wgsl
const weight_middle = 8.0;

fn weight_words(span: u32) -> array<u32, 8> {
  return weight_nibbles(weight[span]);
}
