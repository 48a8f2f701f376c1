// sum of weight * x over a span of MLX_Q8. With lib/input/f32.wgsl.
//
// By the middle of the codes, as d (code - 128) + (m + 128 d): sums of small numbers of both signs round
// less.
fn weight_dot(span: u32, input: InputSpan) -> f32 {
  let q = weight_bytes_of(span);
  let a = weight_scale_and_minimum(span);
  let x = input.values;
  let first = (q[0] - 128.0) * x[0] + (q[1] - 128.0) * x[1] + (q[2] - 128.0) * x[2] + (q[3] - 128.0) * x[3];
  let last = (q[4] - 128.0) * x[4] + (q[5] - 128.0) * x[5] + (q[6] - 128.0) * x[6] + (q[7] - 128.0) * x[7];
  let sums = first + last;
  return ((sums.x + sums.y) + (sums.z + sums.w)) * a.x + (a.y + 128.0 * a.x) * (input.sums.x + input.sums.y);
}
