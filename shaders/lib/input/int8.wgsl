// A span of 32 inputs of a product, as lib/input/f32.wgsl, in int8: divided by d, the largest of them over
// 127, and rounded.

struct InputSpan {
  codes: array<u32, 8>, // four to a word
  sums: vec2<f32>, // of the first and of the last 16, as rounded
  scale: f32, // d
  span: u32,
}

fn input_span(span: u32) -> InputSpan {
  let v = input_read(span);
  let most = largest_of(v);
  let inverse = select(0.0, 127.0 / most, most > 1e-35);
  let q = array<vec4<f32>, 8>(
    round(v[0] * inverse), round(v[1] * inverse), round(v[2] * inverse), round(v[3] * inverse),
    round(v[4] * inverse), round(v[5] * inverse), round(v[6] * inverse), round(v[7] * inverse),
  );
  let codes = array<u32, 8>(
    pack4xI8(vec4<i32>(q[0])), pack4xI8(vec4<i32>(q[1])), pack4xI8(vec4<i32>(q[2])), pack4xI8(vec4<i32>(q[3])),
    pack4xI8(vec4<i32>(q[4])), pack4xI8(vec4<i32>(q[5])), pack4xI8(vec4<i32>(q[6])), pack4xI8(vec4<i32>(q[7])),
  );
  let d = most / 127.0;
  let sums = d * vec2<f32>(
    dot(q[0] + q[1] + q[2] + q[3], vec4<f32>(1.0)),
    dot(q[4] + q[5] + q[6] + q[7], vec4<f32>(1.0)),
  );
  return InputSpan(codes, sums, d, span);
}
