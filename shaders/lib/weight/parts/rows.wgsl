// The products of ROWS_PER_LANE spans, of as many rows, with 32 inputs; the rest of the vec4 is 0. Renamed
// with the view it belongs to.
fn weight_dots(spans: vec4<u32>, input: InputSpan) -> vec4<f32> {
  var dots = vec4<f32>(weight_dot(spans.x, input), 0.0, 0.0, 0.0);
  if (ROWS_PER_LANE > 1u) { dots.y = weight_dot(spans.y, input); }
  if (ROWS_PER_LANE > 2u) {
    dots.z = weight_dot(spans.z, input);
    dots.w = weight_dot(spans.w, input);
  }
  return dots;
}
