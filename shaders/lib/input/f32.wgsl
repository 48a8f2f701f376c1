// A span of 32 inputs of a product, as every row of the weights meets it. Reads x, array<vec4<f32>>.

struct InputSpan {
  values: array<vec4<f32>, 8>,
  sums: vec2<f32>, // of the first and of the last 16: what the offsets of quantized weights are multiplied by
}

fn input_span(span: u32) -> InputSpan {
  let at = span * 8u;
  let v = array<vec4<f32>, 8>(
    x[at], x[at + 1u], x[at + 2u], x[at + 3u], x[at + 4u], x[at + 5u], x[at + 6u], x[at + 7u],
  );
  let sums = vec2<f32>(
    dot(v[0] + v[1] + v[2] + v[3], vec4<f32>(1.0)),
    dot(v[4] + v[5] + v[6] + v[7], vec4<f32>(1.0)),
  );
  return InputSpan(v, sums);
}

fn input_values(input: InputSpan) -> array<vec4<f32>, 8> {
  return input.values;
}
