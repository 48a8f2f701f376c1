// One matrix for norm-product.wgsl.
@group(0) @binding(4) var<storage, read> first: array<vec4<u32>>;

fn first_spans() -> u32 { return params.sections[0].spans; }

fn section_dots(number: u32, spans: vec4<u32>, input: InputSpan) -> vec4<f32> {
  return first_dots(spans, input);
}
