// sum of weight * x over a span, for views with codes, in packed int8; sums of codes are whole numbers. With
// lib/input/int8.wgsl.
fn weight_dot(span: u32, input: InputSpan) -> f32 {
  let q = weight_words(span);
  let a = weight_affine(span);
  let x = input.codes;
  let first = (dot4I8Packed(q[0], x[0]) + dot4I8Packed(q[1], x[1])) + (dot4I8Packed(q[2], x[2]) + dot4I8Packed(q[3], x[3]));
  let last = (dot4I8Packed(q[4], x[4]) + dot4I8Packed(q[5], x[5])) + (dot4I8Packed(q[6], x[6]) + dot4I8Packed(q[7], x[7]));
  return input.scale * (a.x * f32(first) + a.y * f32(last)) + dot(a.zw, input.sums);
}
