enable f16;
// A span of 32 inputs of a product, as lib/input/f32.wgsl, in f16: divided by the largest of them, so that
// none overflows.

struct InputSpan {
  pairs: array<vec4<f16>, 8>, // values 0, 2, 1, 3 of each four, as lib/dot/f16.wgsl has the weights
  sums: vec2<f32>, // of the first and of the last 16, as rounded
  scale: f32,
  span: u32,
}

fn input_span(span: u32) -> InputSpan {
  let v = input_read(span);
  let scale = largest_of(v);
  let inverse = inverse_of(scale);
  let pairs = array<vec4<f16>, 8>(
    vec4<f16>(v[0].xzyw * inverse), vec4<f16>(v[1].xzyw * inverse),
    vec4<f16>(v[2].xzyw * inverse), vec4<f16>(v[3].xzyw * inverse),
    vec4<f16>(v[4].xzyw * inverse), vec4<f16>(v[5].xzyw * inverse),
    vec4<f16>(v[6].xzyw * inverse), vec4<f16>(v[7].xzyw * inverse),
  );
  let first = (vec4<f32>(pairs[0]) + vec4<f32>(pairs[1])) + (vec4<f32>(pairs[2]) + vec4<f32>(pairs[3]));
  let last = (vec4<f32>(pairs[4]) + vec4<f32>(pairs[5])) + (vec4<f32>(pairs[6]) + vec4<f32>(pairs[7]));
  let sums = scale * vec2<f32>(dot(first, vec4<f32>(1.0)), dot(last, vec4<f32>(1.0)));
  return InputSpan(pairs, sums, scale, span);
}
