// y[column_s + r] = scale * W_s[r] . x for up to four matrices s of the same input, one token: RMS norm and
// products in one.
//
//   x         f32 [K]: the residual stream times the norm's weights, as the kernel before left it
//   squares   f32 [n_squares]: its sums of squares; lib/norm-scale.wgsl makes the scale of them
//   y         f32 [row of the activations]
//   first ... W_s [n_rows, K], as lib/weight/ reads it, each in a format of its own: lib/sections/ binds them
//
// A workgroup has rows of one matrix only: matrix s has the workgroups from its `from` on. 2^lane_bits lanes
// share a row. A lane has ROWS_PER_LANE rows, and one of a matrix from NARROW_FROM on: those have few rows,
// and more workgroups start on them this way.

struct Params {
  row_spans: u32, // K / 32
  lane_bits: u32,
  n_squares: u32,
  hidden_size: u32,
  eps: f32,
  first_spans: u32, // of the whole matrix, for its view
  first_rows: u32,
  first_column: u32,
  second_spans: u32,
  second_rows: u32,
  second_column: u32,
  second_from: u32, // past the grid where there is no such matrix
  third_spans: u32,
  third_rows: u32,
  third_column: u32,
  third_from: u32,
  fourth_spans: u32,
  fourth_rows: u32,
  fourth_column: u32,
  fourth_from: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> squares: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

struct Section { number: u32, first_workgroup: u32, n_rows: u32, column: u32 }

fn section_of(workgroup: u32) -> Section {
  if (workgroup >= params.fourth_from) {
    return Section(3u, params.fourth_from, params.fourth_rows, params.fourth_column);
  }
  if (workgroup >= params.third_from) {
    return Section(2u, params.third_from, params.third_rows, params.third_column);
  }
  if (workgroup >= params.second_from) {
    return Section(1u, params.second_from, params.second_rows, params.second_column);
  }
  return Section(0u, 0u, params.first_rows, params.first_column);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let section = section_of(workgroup.x);
  let lanes = 1u << params.lane_bits; // of one row
  let groups = WORKGROUP_SIZE >> params.lane_bits;
  let n_own = groups * select(ROWS_PER_LANE, 1u, section.number >= NARROW_FROM);
  let first_row = (workgroup.x - section.first_workgroup) * n_own;
  let row = first_row + (lane >> params.lane_bits);
  put_squares(lane);

  // Each lane takes every `lanes`-th span of its rows. It reads x once for all of its rows, whose loads are
  // in flight together. Rows past the end are computed as the last one and not stored.
  let starts = min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u) * groups, vec4<u32>(section.n_rows - 1u)) * params.row_spans;
  var sums = vec4<f32>();
  for (var span = lane & (lanes - 1u); span < params.row_spans; span += lanes) {
    sums += section_dots(section.number, starts + span, input_span(span));
  }
  put_row_sums(sums, lane);
  workgroupBarrier();

  // From here a lane has a row of its own.
  let own_row = first_row + lane;
  if (lane < n_own && own_row < section.n_rows) {
    y[section.column + own_row] = row_sum(lane, lanes) * norm_scale();
  }
}
