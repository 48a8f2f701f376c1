// y[first_row + r] = W[r] . x, or += where params.residual is 1; one token.
//
//   weight   W [n_rows, K], as lib/weight/ reads it: a matrix or a piece of its rows
//   x        f32 [K]
//   y        f32 [all rows of the matrix]
//
// 2^lane_bits lanes share a row and stride along its spans of 32; each lane takes ROWS_PER_LANE rows, so that
// it reads its part of x once for all of them. The lanes' sums meet in workgroup memory behind one barrier.

struct Params {
  weight_spans: u32,
  n_rows: u32,
  row_spans: u32, // K / 32
  first_row: u32,
  lane_bits: u32,
  residual: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

fn weight_spans() -> u32 { return params.weight_spans; }

override WORKGROUP_SIZE: u32 = 64u;

// [row of the workgroup][lane of the row]
var<workgroup> partial_sums: array<f32, WORKGROUP_SIZE * ROWS_PER_LANE>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let lanes = 1u << params.lane_bits; // of one row
  let groups = WORKGROUP_SIZE >> params.lane_bits;
  let first_row = workgroup.x * groups * ROWS_PER_LANE;
  let row = first_row + (lane >> params.lane_bits);
  let last_row = params.n_rows - 1u; // rows past the end are computed as the last one and not stored
  let start_0 = min(row, last_row) * params.row_spans;
  let start_1 = min(row + groups, last_row) * params.row_spans;
  let start_2 = min(row + groups * 2u, last_row) * params.row_spans;
  let start_3 = min(row + groups * 3u, last_row) * params.row_spans;

  var sums = vec4<f32>();
  for (var span = lane & (lanes - 1u); span < params.row_spans; span += lanes) {
    let input = input_span(span);
    sums += vec4<f32>(
      weight_dot(start_0 + span, input),
      weight_dot(start_1 + span, input),
      weight_dot(start_2 + span, input),
      weight_dot(start_3 + span, input),
    );
  }
  partial_sums[lane] = sums.x;
  partial_sums[lane + WORKGROUP_SIZE] = sums.y;
  partial_sums[lane + WORKGROUP_SIZE * 2u] = sums.z;
  partial_sums[lane + WORKGROUP_SIZE * 3u] = sums.w;
  workgroupBarrier();

  // From here a lane has a row of its own. Starting at different columns keeps the lanes off each other's
  // memory bank.
  let own_row = first_row + lane;
  if (lane < groups * ROWS_PER_LANE && own_row < params.n_rows) {
    var sum = 0.0;
    for (var i = 0u; i < lanes; i++) {
      sum += partial_sums[lane * lanes + ((i + lane) & (lanes - 1u))];
    }
    let at = params.first_row + own_row;
    if (params.residual == 1u) {
      sum += y[at];
    }
    y[at] = sum;
  }
}
