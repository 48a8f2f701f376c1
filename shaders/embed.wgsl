// x[t] = W[tokens[t]], for the tokens whose row is in this piece of W; the rest of x stays as it is.
//
//   tokens   u32 [n_tokens]
//   weight   a piece of W [vocab_size, K]: rows first_row .. first_row + n_rows, as lib/weight/ reads it
//   x        f32 [n_tokens, K]
//
// One invocation takes one span of 32 weights of one token.

struct Params {
  weight_spans: u32,
  row_spans: u32, // K / 32
  first_row: u32,
  n_rows: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> tokens: array<u32>;
@group(0) @binding(3) var<storage, read> weight: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read_write> x: array<vec4<f32>>;

fn weight_spans() -> u32 { return params.weight_spans; }

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let span = id.x;
  let token = id.y;
  if (token >= step.n_tokens || span >= params.row_spans) {
    return;
  }
  let row = tokens[token] - params.first_row; // wraps round, past n_rows, for rows before this piece
  if (row >= params.n_rows) {
    return;
  }
  let w = weight_span(row * params.row_spans + span);
  let at = (token * params.row_spans + span) * 8u;
  x[at] = w[0];
  x[at + 1u] = w[1];
  x[at + 2u] = w[2];
  x[at + 3u] = w[3];
  x[at + 4u] = w[4];
  x[at + 5u] = w[5];
  x[at + 6u] = w[6];
  x[at + 7u] = w[7];
}
