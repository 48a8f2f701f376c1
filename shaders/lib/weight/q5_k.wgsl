// View of Q5_K weights: d * scale * code - dmin * min; codes of 5 bits; scale and min of 6 bits per span of
// 32; d, dmin f16 per block of 256.
//
//   plane 0   codes       1 vec4 per span: the lower 4 bits
//   plane 1   records     1 vec4 per block, lib/weight/parts/record.wgsl
//   plane 2   high bits   1 word per span, lib/weight/parts/fifth.wgsl
const weight_middle = 16.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let high = weight[weight_spans() + (weight_spans() >> 3u) + (span >> 2u)][span & 3u];
  return weight_five(weight[span], high);
}
