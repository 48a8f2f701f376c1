// What the views of unquantized formats have in common: the product from the values. x_sums is for quantized views.
fn weight_dot(span: u32, x: array<vec4<f32>, 8>, x_sums: vec2<f32>) -> f32 {
  let w = weight_span(span);
  let sums = (w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + w[3] * x[3])
    + (w[4] * x[4] + w[5] * x[5] + w[6] * x[6] + w[7] * x[7]);
  return (sums.x + sums.y) + (sums.z + sums.w);
}
