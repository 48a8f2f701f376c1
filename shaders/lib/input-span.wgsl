// A span of 32 inputs of a product, as every row of the weights meets it. Reads x, array<vec4<f32>>.

fn input_span(span: u32) -> array<vec4<f32>, 8> {
  let at = span * 8u;
  return array<vec4<f32>, 8>(
    x[at], x[at + 1u], x[at + 2u], x[at + 3u], x[at + 4u], x[at + 5u], x[at + 6u], x[at + 7u],
  );
}

// Of its first and of its last 16: what the offsets of quantized weights are multiplied by.
fn input_sums(part: array<vec4<f32>, 8>) -> vec2<f32> {
  return vec2<f32>(
    dot(part[0] + part[1] + part[2] + part[3], vec4<f32>(1.0)),
    dot(part[4] + part[5] + part[6] + part[7], vec4<f32>(1.0)),
  );
}
