// y[t, h] = sigmoid(gate[t, h]) * sum_s exp(m_s - m) partial_s / sum_s exp(m_s - m) l_s,  m = max_s m_s
//
//   partial, extent  as attention.wgsl leaves them
//   projected        f32 [n_tokens, row_stride]; the gate of head h from column (2 h + 1) head_dim
//   y                f32 [n_tokens, n_heads, head_dim]
//
// One workgroup per head and token. The gate comes before the output product:
// docs/model.md#gated-attention

struct Params { n_heads: u32, head_dim: u32, n_splits: u32, row_stride: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> partial_out: array<f32>;
@group(0) @binding(3) var<storage, read> extent: array<vec2<f32>>;
@group(0) @binding(4) var<storage, read> projected: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let token = group.y;
  if (token >= step.n_tokens) { return; }
  let head = token * params.n_heads + group.x;
  let first = head * params.n_splits;
  let gate_at = token * params.row_stride + (2u * group.x + 1u) * params.head_dim;

  var largest = extent[first].x;
  for (var s = 1u; s < params.n_splits; s++) { largest = max(largest, extent[first + s].x); }
  var total = 0.0;
  for (var s = 0u; s < params.n_splits; s++) { total += exp(extent[first + s].x - largest) * extent[first + s].y; }

  for (var i = lane; i < params.head_dim; i += 64u) {
    var out = 0.0;
    for (var s = 0u; s < params.n_splits; s++) {
      // A split that saw nothing has left no result.
      if (extent[first + s].y > 0.0) {
        out += exp(extent[first + s].x - largest) * partial_out[(first + s) * params.head_dim + i];
      }
    }
    y[head * params.head_dim + i] = out / total * sigmoid(projected[gate_at + i]);
  }
}
