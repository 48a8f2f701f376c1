// sum of weight * x over a span, for views with codes, in f32: sum (s q + o) x = s sum q x + o sum x. With
// lib/input/f32.wgsl.
fn weight_dot(span: u32, input: InputSpan) -> f32 {
  let q = weight_codes(span);
  let a = weight_affine(span);
  let x = input.values;
  let first = q[0] * x[0] + q[1] * x[1] + q[2] * x[2] + q[3] * x[3];
  let last = q[4] * x[4] + q[5] * x[5] + q[6] * x[6] + q[7] * x[7];
  let sums = first * a.x + last * a.y;
  return (sums.x + sums.y) + (sums.z + sums.w) + dot(a.zw, input.sums);
}
