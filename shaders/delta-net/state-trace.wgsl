// Records what one token will do to the state of each head; runs before delta-rule.wgsl does it, and changes
// nothing.
//
//   trace[h] = (alpha, beta, |delta|, |S'|)    delta = beta (v - alpha S k),  S' = alpha S + delta k^T
//
//   c          f32 [q: n_key_heads * key_dim | k: the same | v: n_value_heads * value_dim], convolved, of
//              this token
//   projected  f32 row; x_b at column b_column + h, x_a at a_column + h
//   gates      f32 [a: n_value_heads | dt_bias: n_value_heads]
//   state      vec4 f32 [n_value_heads, key_dim / 4, value_dim]
//   trace      vec4 f32 [n_value_heads]
//
// One workgroup per head, its lanes stride over the rows s of S: |S'|^2 is the sum over rows of
// alpha^2 |s|^2 + 2 alpha delta (s . k) + delta^2 |k|^2. Equations and the state's order: delta-rule.wgsl.

const L2_EPS = 1e-6;

struct Params {
  n_key_heads: u32,
  n_value_heads: u32,
  value_dim: u32,
  key_dim: u32,
  b_column: u32,
  a_column: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> projected: array<f32>;
@group(0) @binding(3) var<storage, read> gates: array<f32>;
@group(0) @binding(4) var<storage, read> state: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> trace: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let head = group.x;
  let n_vecs = params.key_dim / 4u; // no constant: lavapipe would unroll the loops, and compile for 20 s
  let k_at = (params.n_key_heads + head % params.n_key_heads) * n_vecs;
  let v_at = 2u * params.n_key_heads * params.key_dim + head * params.value_dim;
  let alpha = exp(gates[head] * softplus(projected[params.a_column + head] + gates[params.n_value_heads + head]));
  let beta = sigmoid(projected[params.b_column + head]);

  var key_squares = 0.0;
  for (var j = 0u; j < n_vecs; j++) { key_squares += dot(c[k_at + j], c[k_at + j]); }
  let k_scale = 1.0 / sqrt(key_squares + L2_EPS);
  let key_norm2 = key_squares * k_scale * k_scale;

  var delta_squares = 0.0;
  var state_squares = 0.0;
  for (var row = lane; row < params.value_dim; row += WORKGROUP_SIZE) {
    var sk = 0.0;
    var ss = 0.0;
    for (var j = 0u; j < n_vecs; j++) {
      let s = state[(head * n_vecs + j) * params.value_dim + row];
      sk += dot(s, c[k_at + j]) * k_scale;
      ss += dot(s, s);
    }
    let v = c[(v_at + row) / 4u][(v_at + row) % 4u];
    let delta = beta * (v - alpha * sk);
    delta_squares += delta * delta;
    state_squares += alpha * alpha * ss + 2.0 * alpha * delta * sk + delta * delta * key_norm2;
  }
  let delta_norm = sqrt(workgroup_sum(delta_squares, lane));
  let state_norm = sqrt(max(0.0, workgroup_sum(state_squares, lane)));
  if (lane == 0u) { trace[head] = vec4<f32>(alpha, beta, delta_norm, state_norm); }
}
