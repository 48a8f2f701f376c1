// Y[t, first_row + r] = W[r] . X[t], or += where params.residual is 1, for the step's tokens.
//
//   weight   W [n_rows, K], as lib/weight-*.wgsl reads it: a matrix or a piece of its rows
//   x        f32 [n_tokens, K]
//   y        f32 [n_tokens, n_outputs]
//
// A workgroup of 64 makes a tile of 64 rows by 32 tokens, a lane 8 rows by 4 tokens of it. K goes in stages of 32: each lane
// unpacks one row's span and half a token's into workgroup memory, then all multiply. lib/tile-*.wgsl says in what arithmetic.
// Rows and tokens past the end are computed as the last one and not stored.

struct Params {
  weight_spans: u32,
  n_rows: u32,
  row_spans: u32, // K / 32
  first_row: u32,
  n_outputs: u32, // from one token's outputs to the next's
  residual: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> weight: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

const TILE_ROWS = 64u;
const TILE_TOKENS = 32u;
const TILE_PITCH = 9u; // vec4s from row to row: 8 and an unused one, so that lanes at different rows meet different memory banks

// A lane's sums: one vec4 over its tokens t, t + 8, t + 16, t + 24 for each of its rows r, r + 8, ... r + 56.
struct Sums {
  row_0: vec4<f32>,
  row_1: vec4<f32>,
  row_2: vec4<f32>,
  row_3: vec4<f32>,
  row_4: vec4<f32>,
  row_5: vec4<f32>,
  row_6: vec4<f32>,
  row_7: vec4<f32>,
}

fn store(row: u32, token: u32, sum: f32) {
  if (row >= params.n_rows || token >= step.n_tokens) {
    return;
  }
  let at = token * params.n_outputs + params.first_row + row;
  if (params.residual == 1u) {
    y[at] += sum;
  } else {
    y[at] = sum;
  }
}

fn store_row(row: u32, token: u32, sums: vec4<f32>) {
  store(row, token, sums.x);
  store(row, token + 8u, sums.y);
  store(row, token + 16u, sums.z);
  store(row, token + 24u, sums.w);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_token = workgroup.x * TILE_TOKENS;
  let first_row = workgroup.y * TILE_ROWS;
  let from_row = min(first_row + lane, params.n_rows - 1u) * params.row_spans;
  let from_token = min(first_token + lane / 2u, step.n_tokens - 1u) * params.row_spans;
  let row = lane & 7u;
  let token = lane >> 3u;

  var sums = Sums();
  for (var span = 0u; span < params.row_spans; span++) {
    tile_put_weight(lane, weight_span(from_row + span));
    tile_put_input(lane / 2u, lane & 1u, (from_token + span) * 8u);
    workgroupBarrier();
    sums = tile_add(sums, row, token);
    workgroupBarrier();
  }
  store_row(first_row + row, first_token + token, sums.row_0);
  store_row(first_row + row + 8u, first_token + token, sums.row_1);
  store_row(first_row + row + 16u, first_token + token, sums.row_2);
  store_row(first_row + row + 24u, first_token + token, sums.row_3);
  store_row(first_row + row + 32u, first_token + token, sums.row_4);
  store_row(first_row + row + 40u, first_token + token, sums.row_5);
  store_row(first_row + row + 48u, first_token + token, sums.row_6);
  store_row(first_row + row + 56u, first_token + token, sums.row_7);
}
