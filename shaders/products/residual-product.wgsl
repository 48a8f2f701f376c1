// hidden[r] += W[r] . x, and what the next norm needs of it: weighted = hidden * norm, one sum of hidden^2 a
// workgroup. One token.
//
//   weight     W [hidden_size, K], as lib/weight/ reads it: rows first_row .. first_row + n_rows of it
//   x          f32 [K]
//   norm       f32 [hidden_size], the weights of the next RMS norm
//   hidden     f32 [hidden_size], the residual stream
//   weighted   f32 [hidden_size]
//   squares    f32 [n_squares], from first_square on; lib/norm-scale.wgsl adds them up
//
// 2^lane_bits lanes share a row.

struct Params {
  weight_spans: u32,
  row_spans: u32, // K / 32
  lane_bits: u32,
  n_rows: u32,
  first_row: u32,
  first_square: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> norm: array<f32>;
@group(0) @binding(4) var<storage, read_write> hidden: array<f32>;
@group(0) @binding(5) var<storage, read_write> weighted: array<f32>;
@group(0) @binding(6) var<storage, read_write> squares: array<f32>;

fn weight_spans() -> u32 { return params.weight_spans; }

var<workgroup> own_squares: array<f32, WORKGROUP_SIZE>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let lanes = 1u << params.lane_bits; // of one row
  let groups = WORKGROUP_SIZE >> params.lane_bits;
  let n_own = groups * ROWS_PER_LANE;
  let first_row = workgroup.x * n_own;
  let row = first_row + (lane >> params.lane_bits);
  // Rows past the end are computed as the last one and not stored.
  var spans = min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u) * groups, vec4<u32>(params.n_rows - 1u)) * params.row_spans + (lane & (lanes - 1u));
  var sums = vec4<f32>();
  for (var span = lane & (lanes - 1u); span < params.row_spans; span += lanes) {
    sums += weight_dots(spans, input_span(span));
    spans += lanes;
  }
  put_row_sums(sums, lane);
  workgroupBarrier();

  // From here a lane has a row of its own.
  let own_row = first_row + lane;
  var value = 0.0;
  if (lane < n_own && own_row < params.n_rows) {
    let at = params.first_row + own_row;
    value = hidden[at] + row_sum(lane, lanes);
    hidden[at] = value;
    weighted[at] = value * norm[at];
  }
  own_squares[lane] = value * value;
  workgroupBarrier();
  if (lane == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < n_own; i++) { sum += own_squares[i]; }
    squares[params.first_square + workgroup.x] = sum;
  }
}
