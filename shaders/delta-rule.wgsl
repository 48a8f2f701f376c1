// The gated delta rule, token by token. For value head h with key head h % n_key_heads and the state S [value_dim, KEY_DIM]:
//
//   k, q <- k / |k|, q / |q| / sqrt(KEY_DIM)      alpha = exp(a softplus(x_a + dt_bias)), beta = sigmoid(x_b)
//   S <- alpha S                forget
//   delta = beta (v - S k)      the error of what S recalls for k
//   S <- S + delta k^T          correct it
//   o = S q                     read
//
//   c          f32 [n_tokens, q: n_key_heads * KEY_DIM | k: the same | v: n_value_heads * value_dim], convolved
//   projected  f32 [n_tokens, row_stride]; x_b at column b_column + h, x_a at a_column + h
//   gates      f32 [a: n_value_heads | dt_bias: n_value_heads]; a = -exp(A_log), as GGUF stores it
//   state      vec4 f32 [n_value_heads, KEY_DIM / 4, value_dim]: lanes that hold neighbouring rows read neighbouring vec4s
//   o          f32 [n_tokens, n_value_heads, value_dim]
//
// One lane per row of S, which stays in registers for the whole step. Both dots are taken of the old S in one pass, with
// o = alpha S q + delta (k . q); the norms come out of the same pass.
// Yang et al. 2024, arXiv:2412.06464; reference 2.4. L2 norms as the official code: eps inside the root.

const VECS = KEY_DIM / 4u;
const L2_EPS = 1e-6;

struct Params {
  n_key_heads: u32,
  n_value_heads: u32,
  value_dim: u32,
  row_stride: u32,
  b_column: u32,
  a_column: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> projected: array<f32>;
@group(0) @binding(4) var<storage, read> gates: array<f32>;
@group(0) @binding(5) var<storage, read_write> state: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> o: array<f32>;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x * 32u + lane;
  let head = group.y;
  if (row >= params.value_dim || step.halt != 0u) { return; }

  let key_head = head % params.n_key_heads; // GGUF keeps value heads tiled over key heads
  let q_at = key_head * VECS;
  let k_at = (params.n_key_heads + key_head) * VECS;
  let v_at = 2u * params.n_key_heads * KEY_DIM + head * params.value_dim + row;
  let c_stride = 2u * params.n_key_heads * KEY_DIM + params.n_value_heads * params.value_dim;
  let state_at = head * VECS * params.value_dim + row;
  let a = gates[head];
  let dt_bias = gates[params.n_value_heads + head];

  var S = array<vec4<f32>, VECS>();
  for (var j = 0u; j < VECS; j++) { S[j] = state[state_at + j * params.value_dim]; }

  for (var t = 0u; t < step.n_tokens; t++) {
    let c_row = t * c_stride;
    let c_vec = c_row / 4u;
    let gate_row = t * params.row_stride + head;
    let alpha = exp(a * softplus(projected[gate_row + params.a_column] + dt_bias));
    let beta = sigmoid(projected[gate_row + params.b_column]);

    var sk = vec4<f32>();
    var sq = vec4<f32>();
    var kk = vec4<f32>();
    var qq = vec4<f32>();
    var kq = vec4<f32>();
    for (var j = 0u; j < VECS; j++) {
      let k = c[c_vec + k_at + j];
      let q = c[c_vec + q_at + j];
      sk += S[j] * k;
      sq += S[j] * q;
      kk += k * k;
      qq += q * q;
      kq += k * q;
    }
    let ones = vec4<f32>(1.0);
    let k_scale = 1.0 / sqrt(dot(kk, ones) + L2_EPS);
    let q_scale = 1.0 / sqrt((dot(qq, ones) + L2_EPS) * f32(KEY_DIM));

    let at_v = c_row + v_at;
    let v = c[at_v / 4u][at_v % 4u];
    let delta = beta * (v - alpha * dot(sk, ones) * k_scale);
    o[(t * params.n_value_heads + head) * params.value_dim + row] =
      (alpha * dot(sq, ones) + delta * k_scale * dot(kq, ones)) * q_scale;

    for (var j = 0u; j < VECS; j++) { S[j] = alpha * S[j] + (delta * k_scale) * c[c_vec + k_at + j]; }
  }

  for (var j = 0u; j < VECS; j++) { state[state_at + j * params.value_dim] = S[j]; }
}
