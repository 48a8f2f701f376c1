// y[column_s + r] = scale * W_s[r] . x for N_SECTIONS matrices s of the same input, one token: RMS norm and
// products in one.
//
//   x         f32 [K]: the residual stream times the norm's weights, as the kernel before left it; or that
//             transformed (lib/hadamard/input.wgsl), and behind it the plain one for matrices from plain_from
//             on
//   squares   f32 [n_squares], padded to vec4s: its sums of squares; lib/norm-scale.wgsl makes the scale of
//             them
//   y         f32 [row of the activations]
//   first ... W_s [n_rows, K], as lib/weight/ reads it, each in a format of its own: lib/sections/ binds them
//
// A workgroup has rows of one matrix only: matrix s has the workgroups from its first one on. 2^lane_bits
// lanes share a row. A lane has ROWS_PER_LANE rows, and one of a matrix from NARROW_FROM on: those have few
// rows, and more workgroups start on them this way.

// In a uniform buffer the elements of an array lie 16 bytes apart, and it begins at a multiple of 16: it is
// first.
struct Section {
  spans: u32, // of the whole matrix, for its view
  n_rows: u32,
  column: u32,
  first_workgroup: u32,
}

struct Params {
  sections: array<Section, N_SECTIONS>,
  row_spans: u32, // K / 32
  lane_bits: u32,
  n_squares: u32,
  hidden_size: u32,
  eps: f32,
  plain_from: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> squares: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

fn section_of(workgroup: u32) -> u32 {
  var number = 0u;
  for (var s = 1u; s < N_SECTIONS; s++) {
    if (workgroup >= params.sections[s].first_workgroup) { number = s; }
  }
  return number;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let number = section_of(workgroup.x);
  let section = params.sections[number];
  let lanes = 1u << params.lane_bits; // of one row
  let groups = WORKGROUP_SIZE >> params.lane_bits;
  let n_own = groups * select(ROWS_PER_LANE, 1u, number >= NARROW_FROM);
  let first_row = (workgroup.x - section.first_workgroup) * n_own;
  let row = first_row + (lane >> params.lane_bits);
  let asked = asked_squares(lane);

  // Each lane takes every `lanes`-th span of its rows. It reads x once for all of its rows, whose loads are
  // in flight together. Rows past the end are computed as the last one and not stored.
  let starts = min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u) * groups, vec4<u32>(section.n_rows - 1u)) * params.row_spans;
  let first_input = select(0u, params.row_spans, number >= params.plain_from);
  var sums = vec4<f32>();
  for (var span = lane & (lanes - 1u); span < params.row_spans; span += lanes) {
    sums += section_dots(number, starts + span, input_span(first_input + span));
  }
  put_row_sums(sums, lane);
  put_squares(asked, lane);
  workgroupBarrier();

  // From here a lane has a row of its own.
  let own_row = first_row + lane;
  if (lane < n_own && own_row < section.n_rows) {
    y[section.column + own_row] = row_sum(lane, lanes) * norm_scale();
  }
}
