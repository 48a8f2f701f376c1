// View of Q2_0 weights: as lib/weight/pq2_0.wgsl, with d per 64 weights.
const weight_middle = 1.0;

fn weight_affine(span: u32) -> vec4<f32> {
  let d = weight_half(weight_spans() >> 1u, span >> 1u);
  return vec4<f32>(d, d, -d, -d);
}
