// One matrix for norm-product.wgsl.
@group(0) @binding(4) var<storage, read> first: array<vec4<u32>>;

fn section_rows(number: u32, row: u32, row_step: u32, last_row: u32, lane: u32, lanes: u32) -> vec4<f32> {
  return first_rows(row, row_step, last_row, lane, lanes);
}
