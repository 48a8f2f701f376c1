// y[t, h] = o[t, h] / sqrt(mean(o[t, h]^2) + eps) * weight * silu(z[t, h])
//
//   o, y       f32 [n_tokens, n_heads, head_dim]
//   projected  f32 [n_tokens, row_stride]; z [n_heads, head_dim] from column z_column
//   weight     f32 [head_dim], shared by the heads; stored as it is used, not as 1 + w
//
// One workgroup per head and token. The norm comes first, the gate after. docs/model.md#gated-norm

struct Params { head_dim: u32, row_stride: u32, z_column: u32, eps: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> o: array<f32>;
@group(0) @binding(3) var<storage, read> projected: array<f32>;
@group(0) @binding(4) var<storage, read> weight: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let head = group.x;
  let token = group.y;
  if (token >= step.n_tokens) { return; }
  let row = (token * groups.x + head) * params.head_dim;
  let z_row = token * params.row_stride + params.z_column + head * params.head_dim;

  var sum_of_squares = 0.0;
  for (var i = lane; i < params.head_dim; i += WORKGROUP_SIZE) { sum_of_squares += o[row + i] * o[row + i]; }
  let mean_square = workgroup_sum(sum_of_squares, lane) / f32(params.head_dim);
  let scale = 1.0 / sqrt(mean_square + params.eps);

  for (var i = lane; i < params.head_dim; i += WORKGROUP_SIZE) {
    y[row + i] = o[row + i] * scale * weight[i] * silu(projected[z_row + i]);
  }
}
