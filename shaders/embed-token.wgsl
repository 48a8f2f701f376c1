// hidden = W[token], and what the first norm needs of it: weighted = hidden * norm, one sum of hidden^2 a
// workgroup. One token.
//
//   tokens     u32, the token first
//   weight     a piece of W [vocab_size, K]: rows first_row .. first_row + n_rows, as lib/weight/ reads it
//   norm       f32 [K], the weights of the first layer's RMS norm
//   hidden, weighted   f32 [K]; a piece that does not have the token leaves them as they are
//   squares    f32 [workgroups]
//
// One lane takes one span of 32 weights.

struct Params {
  weight_spans: u32,
  row_spans: u32, // K / 32
  first_row: u32,
  n_rows: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tokens: array<u32>;
@group(0) @binding(2) var<storage, read> weight: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> norm: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> hidden: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> weighted: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> squares: array<f32>;

fn weight_spans() -> u32 { return params.weight_spans; }

var<workgroup> own_squares: array<f32, LANES>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = tokens[0] - params.first_row; // wraps round, past n_rows, for rows before this piece
  if (row >= params.n_rows) { return; }
  let span = workgroup.x * LANES + lane;
  var sum = vec4<f32>();
  if (span < params.row_spans) {
    let w = weight_span(row * params.row_spans + span);
    let at = span * 8u;
    hidden[at] = w[0];
    hidden[at + 1u] = w[1];
    hidden[at + 2u] = w[2];
    hidden[at + 3u] = w[3];
    hidden[at + 4u] = w[4];
    hidden[at + 5u] = w[5];
    hidden[at + 6u] = w[6];
    hidden[at + 7u] = w[7];
    weighted[at] = w[0] * norm[at];
    weighted[at + 1u] = w[1] * norm[at + 1u];
    weighted[at + 2u] = w[2] * norm[at + 2u];
    weighted[at + 3u] = w[3] * norm[at + 3u];
    weighted[at + 4u] = w[4] * norm[at + 4u];
    weighted[at + 5u] = w[5] * norm[at + 5u];
    weighted[at + 6u] = w[6] * norm[at + 6u];
    weighted[at + 7u] = w[7] * norm[at + 7u];
    sum = w[0] * w[0] + w[1] * w[1] + w[2] * w[2] + w[3] * w[3]
      + w[4] * w[4] + w[5] * w[5] + w[6] * w[6] + w[7] * w[7];
  }
  own_squares[lane] = (sum.x + sum.y) + (sum.z + sum.w);
  workgroupBarrier();
  if (lane == 0u) {
    var total = 0.0;
    for (var i = 0u; i < LANES; i++) { total += own_squares[i]; }
    squares[workgroup.x] = total;
  }
}
