// View of F32 weights: as in the file, 8 vec4 a span of 32.
fn weight_span(span: u32) -> array<vec4<f32>, 8> {
  let at = span * 8u;
  return array<vec4<f32>, 8>(
    bitcast<vec4<f32>>(weight[at]), bitcast<vec4<f32>>(weight[at + 1u]),
    bitcast<vec4<f32>>(weight[at + 2u]), bitcast<vec4<f32>>(weight[at + 3u]),
    bitcast<vec4<f32>>(weight[at + 4u]), bitcast<vec4<f32>>(weight[at + 5u]),
    bitcast<vec4<f32>>(weight[at + 6u]), bitcast<vec4<f32>>(weight[at + 7u]),
  );
}
