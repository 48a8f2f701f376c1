// The f32 inputs of a span, from which the rounded forms are made. Reads x, array<vec4<f32>>.

fn input_read(span: u32) -> array<vec4<f32>, 8> {
  let at = span * 8u;
  return array<vec4<f32>, 8>(
    x[at], x[at + 1u], x[at + 2u], x[at + 3u], x[at + 4u], x[at + 5u], x[at + 6u], x[at + 7u],
  );
}

// Plain weights multiply what is not rounded.
fn input_values(input: InputSpan) -> array<vec4<f32>, 8> {
  return input_read(input.span);
}
