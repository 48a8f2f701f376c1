// View of Q4_0 weights: d * (code - 8), codes of 4 bits, d f16 per span of 32.
//
//   plane 0   codes   1 vec4 per span, nibbles as weight_nibbles reads them
//   plane 1   d       f16, 8 to a vec4
const weight_middle = 8.0;

fn weight_words(span: u32) -> array<u32, 8> {
  return weight_nibbles(weight[span]);
}

fn weight_affine(span: u32) -> vec4<f32> {
  let d = weight_half(weight_spans(), span);
  return vec4<f32>(d, d, -8.0 * d, -8.0 * d);
}
