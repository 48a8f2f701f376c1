// View of Q8_0 weights: d * code, codes int8, d f16 per span of 32.
//
//   plane 0   codes   2 vec4 per span, in order
//   plane 1   d       f16, 8 to a vec4
const weight_middle = 0.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let a = weight[span * 2u];
  let b = weight[span * 2u + 1u];
  return array<u32, 8>(a.x, a.y, a.z, a.w, b.x, b.y, b.z, b.w);
}

fn weight_affine(span: u32) -> vec4<f32> {
  let d = weight_half(weight_spans() * 2u, span);
  return vec4<f32>(d, d, 0.0, 0.0);
}
