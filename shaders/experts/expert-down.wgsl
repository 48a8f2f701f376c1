// hidden[t, r] += sum over slots s of D_e[r] . x[t, s], e the expert chosen for slot s of token t. Weights
// are in x already.
//
//   weight   D: a piece with the experts first_expert .. first_expert + n_experts, n_rows rows each
//   routes   Route [n_tokens, n_used]
//   x        f32 [n_tokens, n_used, K]
//   hidden   f32 [n_tokens, n_rows]
//
// Workgroup (rows, token). 2^lane_bits lanes share a row and go over all its slots before their sums meet, so
// the order of the sum is that of the slots. A lane has ROWS_PER_LANE rows.

struct Params {
  weight_spans: u32,
  row_spans: u32, // K / 32
  lane_bits: u32,
  n_rows: u32,
  first_expert: u32,
  n_experts: u32,
  n_used: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> routes: array<Route>;
@group(0) @binding(3) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> hidden: array<f32>;

fn weight_spans() -> u32 { return params.weight_spans; }

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let lanes = 1u << params.lane_bits; // of one row
  let groups = WORKGROUP_SIZE >> params.lane_bits;
  let n_own = groups * ROWS_PER_LANE;
  let first_row = workgroup.x * n_own;
  let row = first_row + (lane >> params.lane_bits);
  // Rows past the end are computed as the last one and not stored.
  let rows = min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u) * groups, vec4<u32>(params.n_rows - 1u));
  var sums = vec4<f32>();
  for (var slot = 0u; slot < params.n_used; slot++) {
    let pair = workgroup.y * params.n_used + slot;
    let expert = routes[pair].expert - params.first_expert; // below the first one it wraps around
    if (expert >= params.n_experts) { continue; }
    let starts = (expert * params.n_rows + rows) * params.row_spans;
    for (var span = lane & (lanes - 1u); span < params.row_spans; span += lanes) {
      sums += weight_dots(starts + span, input_span(pair * params.row_spans + span));
    }
  }
  put_row_sums(sums, lane);
  workgroupBarrier();

  // From here a lane has a row of its own.
  let own_row = first_row + lane;
  if (lane < n_own && own_row < params.n_rows) {
    hidden[workgroup.y * params.n_rows + own_row] += row_sum(lane, lanes);
  }
}
