// Two matrices for norm-product.wgsl: the router, and the gate of the shared expert.
@group(0) @binding(4) var<storage, read> first: array<vec4<u32>>;
@group(0) @binding(5) var<storage, read> second: array<vec4<u32>>;

fn first_spans() -> u32 { return params.sections[0].spans; }
fn second_spans() -> u32 { return params.sections[1].spans; }

fn section_dots(number: u32, spans: vec4<u32>, input: InputSpan) -> vec4<f32> {
  if (number == 0u) { return first_dots(spans, input); }
  return vec4<f32>(second_dot(spans.x, input), 0.0, 0.0, 0.0);
}
