// One matrix for norm-product.wgsl.
@group(0) @binding(4) var<storage, read> first: array<vec4<u32>>;

const NARROW_FROM = 1u;

fn section_dots(number: u32, spans: vec4<u32>, x: array<vec4<f32>, 8>, x_sums: vec2<f32>) -> vec4<f32> {
  return first_dots(spans, x, x_sums);
}
