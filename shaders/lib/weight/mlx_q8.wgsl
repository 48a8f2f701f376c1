// View of MLX_Q8 weights: d * code + m; codes of 8 bits, 0 to 255; d, m f16 per span of 32.
//
//   plane 0   codes     2 vec4 per span, in order
//   plane 1   records   1 word per span: d and m
//
// These codes are more than int8 holds, so the view has a span and a product of its own in place of
// lib/weight/parts/affine.wgsl.
fn weight_code_bytes(word: u32) -> vec4<f32> {
  return vec4<f32>((vec4<u32>(word) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(0xFFu));
}

fn weight_bytes_of(span: u32) -> array<vec4<f32>, 8> {
  let a = weight[span * 2u];
  let b = weight[span * 2u + 1u];
  return array<vec4<f32>, 8>(
    weight_code_bytes(a.x), weight_code_bytes(a.y), weight_code_bytes(a.z), weight_code_bytes(a.w),
    weight_code_bytes(b.x), weight_code_bytes(b.y), weight_code_bytes(b.z), weight_code_bytes(b.w),
  );
}

fn weight_scale_and_minimum(span: u32) -> vec2<f32> {
  return unpack2x16float(weight[weight_spans() * 2u + (span >> 2u)][span & 3u]);
}

fn weight_span(span: u32) -> array<vec4<f32>, 8> {
  let q = weight_bytes_of(span);
  let a = weight_scale_and_minimum(span);
  return array<vec4<f32>, 8>(
    q[0] * a.x + a.y, q[1] * a.x + a.y, q[2] * a.x + a.y, q[3] * a.x + a.y,
    q[4] * a.x + a.y, q[5] * a.x + a.y, q[6] * a.x + a.y, q[7] * a.x + a.y,
  );
}
