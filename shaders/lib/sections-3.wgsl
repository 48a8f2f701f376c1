// Three matrices for norm-product.wgsl: q, k, v.
@group(0) @binding(4) var<storage, read> first: array<vec4<u32>>;
@group(0) @binding(5) var<storage, read> second: array<vec4<u32>>;
@group(0) @binding(6) var<storage, read> third: array<vec4<u32>>;

fn section_rows(number: u32, row: u32, row_step: u32, last_row: u32, lane: u32, lanes: u32) -> vec4<f32> {
  if (number == 0u) { return first_rows(row, row_step, last_row, lane, lanes); }
  if (number == 1u) { return second_rows(row, row_step, last_row, lane, lanes); }
  return third_rows(row, row_step, last_row, lane, lanes);
}
