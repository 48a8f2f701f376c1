// The inputs of a product of prefill, and its store: Y[t, first_row + r] = W[r] . X[t], or += where
// params.residual is 1, for the step's tokens.
//
//   weight   W [n_rows, K], as lib/weight/ reads it: a matrix or a piece of its rows
//   x        f32 [n_tokens, K]
//   y        f32 [n_tokens, n_outputs]

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

fn weight_spans() -> u32 { return params.weight_spans; }

// Rows and tokens past the end are computed as the last one, and not stored.
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
