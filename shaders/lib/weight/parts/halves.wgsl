// Shared by the views of F16 and BF16: as in the file, 4 vec4 a span of 32, two weights to a word, low half
// first.
//
//   weight_pair(x, y)   the four weights of two words, from the format's own view
fn weight_span(span: u32) -> array<vec4<f32>, 8> {
  let at = span * 4u;
  let a = weight[at];
  let b = weight[at + 1u];
  let c = weight[at + 2u];
  let d = weight[at + 3u];
  return array<vec4<f32>, 8>(
    weight_pair(a.x, a.y), weight_pair(a.z, a.w), weight_pair(b.x, b.y), weight_pair(b.z, b.w),
    weight_pair(c.x, c.y), weight_pair(c.z, c.w), weight_pair(d.x, d.y), weight_pair(d.z, d.w),
  );
}
