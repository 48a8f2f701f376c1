// y[t] = x[t] / sqrt(mean(x[t]^2) + eps) * weight
//
//   x, y    f32 [n_tokens, hidden_size]
//   weight  f32 [hidden_size]; a GGUF file holds the 1 + w that the paper's layer multiplies by
//
// One workgroup per token. With last_only, one workgroup in all: it reads the step's last row and writes row
// 0. Zhang & Sennrich 2019, arXiv:1910.07467.

struct Params { hidden_size: u32, eps: f32, last_only: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> weight: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) token: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (token.x >= step.n_tokens) { return; }
  let in_row = select(token.x, step.n_tokens - 1u, params.last_only != 0u) * params.hidden_size;
  let out_row = token.x * params.hidden_size;

  var sum_of_squares = 0.0;
  for (var i = lane; i < params.hidden_size; i += WORKGROUP_SIZE) {
    sum_of_squares += x[in_row + i] * x[in_row + i];
  }
  let mean_square = workgroup_sum(sum_of_squares, lane) / f32(params.hidden_size);
  let scale = 1.0 / sqrt(mean_square + params.eps);

  for (var i = lane; i < params.hidden_size; i += WORKGROUP_SIZE) {
    y[out_row + i] = x[in_row + i] * scale * weight[i];
  }
}
