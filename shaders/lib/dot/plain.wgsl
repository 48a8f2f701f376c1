// sum of weight * x over a span, for views of unquantized formats, in f32 whatever the inputs are rounded to.
fn weight_dot(span: u32, input: InputSpan) -> f32 {
  let w = weight_span(span);
  let x = input_values(input);
  let sums = (w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + w[3] * x[3])
    + (w[4] * x[4] + w[5] * x[5] + w[6] * x[6] + w[7] * x[7]);
  return (sums.x + sums.y) + (sums.z + sums.w);
}
