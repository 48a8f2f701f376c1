// y[t, s, r] = w * silu(scale * G_e[r] . x[t]) * (scale * U_e[r] . x[t]) for the experts e chosen for a
// token, w their weights.
//
//   x         f32 [n_tokens, K]: normed, with n_squares 0; or of one token the residual stream times the
//             norm's weights
//   squares   f32 [n_squares], padded to vec4s: its sums of squares; lib/norm-scale.wgsl makes the scale
//   routes    Route [n_tokens, n_used]
//   y         f32 [n_tokens, n_used, width]
//   gate, up  G, U: pieces with the experts first_expert .. first_expert + n_experts, expert_rows rows each;
//             of the first of them the rows from gate_row and up_row on
//
// Workgroup (rows, slot, token); those whose expert lies in another piece end at once. So only chosen experts
// are read. 2^lane_bits lanes share two rows of G and the same two of U.

struct Params {
  row_spans: u32, // K / 32
  lane_bits: u32,
  n_squares: u32,
  hidden_size: u32,
  eps: f32,
  gate_spans: u32,
  up_spans: u32,
  gate_row: u32,
  up_row: u32,
  first_expert: u32,
  n_experts: u32,
  expert_rows: u32,
  width: u32,
  n_used: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> squares: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> routes: array<Route>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read> gate: array<vec4<u32>>;
@group(0) @binding(6) var<storage, read> up: array<vec4<u32>>;

fn gate_spans() -> u32 { return params.gate_spans; }
fn up_spans() -> u32 { return params.up_spans; }

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let pair = workgroup.z * params.n_used + workgroup.y;
  let route = routes[pair];
  let expert = route.expert - params.first_expert; // below the first one it wraps around
  if (expert >= params.n_experts) { return; }
  let lanes = 1u << params.lane_bits; // of one row
  let groups = WORKGROUP_SIZE >> params.lane_bits;
  let first_row = workgroup.x * groups * 2u;
  let row = first_row + (lane >> params.lane_bits);
  // Rows past the end are computed as the last one and not stored.
  let rows = expert * params.expert_rows + min(vec2<u32>(row, row + groups), vec2<u32>(params.width - 1u));
  let gate_start = (params.gate_row + rows) * params.row_spans;
  let up_start = (params.up_row + rows) * params.row_spans;
  let first_input = workgroup.z * params.row_spans;

  let asked = asked_squares(lane);
  var sums = vec4<f32>();
  for (var span = lane & (lanes - 1u); span < params.row_spans; span += lanes) {
    let input = input_span(first_input + span);
    sums += vec4<f32>(
      gate_dot(gate_start.x + span, input),
      gate_dot(gate_start.y + span, input),
      up_dot(up_start.x + span, input),
      up_dot(up_start.y + span, input),
    );
  }
  put_row_sums(sums, lane);
  put_squares(asked, lane);
  workgroupBarrier();

  // From here a lane has a row of its own; those of U lie behind those of G.
  let n_own = groups * 2u;
  let own_row = first_row + lane;
  if (lane < n_own && own_row < params.width) {
    var scale = 1.0;
    if (params.n_squares > 0u) { scale = norm_scale(); }
    let inner = silu(scale * row_sum(lane, lanes)) * (scale * row_sum(n_own + lane, lanes));
    y[pair * params.width + own_row] = route.weight * inner;
  }
}
