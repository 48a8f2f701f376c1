// The codes of a span as numbers, from its words.
fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  let q = weight_words(span);
  return array<vec4<f32>, 8>(
    weight_bytes(q[0]), weight_bytes(q[1]),
    weight_bytes(q[2]), weight_bytes(q[3]),
    weight_bytes(q[4]), weight_bytes(q[5]),
    weight_bytes(q[6]), weight_bytes(q[7]),
  );
}
