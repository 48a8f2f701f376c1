// View of Q8_0 weights: d * code, codes int8, d f16 per span of 32.
//
//   plane 0   codes   2 vec4 per span, in order
//   plane 1   d       f16, 8 to a vec4
fn weight_signed(word: u32) -> vec4<f32> {
  return vec4<f32>(weight_signed_bytes(word));
}

fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  let a = weight[span * 2u];
  let b = weight[span * 2u + 1u];
  return array<vec4<f32>, 8>(
    weight_signed(a.x), weight_signed(a.y), weight_signed(a.z), weight_signed(a.w),
    weight_signed(b.x), weight_signed(b.y), weight_signed(b.z), weight_signed(b.w),
  );
}

fn weight_affine(span: u32) -> vec4<f32> {
  let d = weight_half(params.weight_spans * 2u, span);
  return vec4<f32>(d, d, 0.0, 0.0);
}
