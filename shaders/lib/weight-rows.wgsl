// The products of ROWS_PER_LANE spans, of as many rows, with 32 of x; the rest of the vec4 is 0. Renamed with the view it belongs to.
fn weight_dots(spans: vec4<u32>, x: array<vec4<f32>, 8>, x_sums: vec2<f32>) -> vec4<f32> {
  var dots = vec4<f32>(weight_dot(spans.x, x, x_sums), 0.0, 0.0, 0.0);
  if (ROWS_PER_LANE > 1u) { dots.y = weight_dot(spans.y, x, x_sums); }
  if (ROWS_PER_LANE > 2u) {
    dots.z = weight_dot(spans.z, x, x_sums);
    dots.w = weight_dot(spans.w, x, x_sums);
  }
  return dots;
}
