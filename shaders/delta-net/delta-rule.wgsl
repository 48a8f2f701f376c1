// The gated delta rule, token by token. For value head h with key head h % n_key_heads and the state S
// [value_dim, KEY_DIM]:
//
//   k, q <- k / |k|, q / |q| / sqrt(KEY_DIM)      alpha = exp(a softplus(x_a + dt_bias)), beta = sigmoid(x_b)
//   S <- alpha S                forget
//   delta = beta (v - S k)      the error of what S recalls for k
//   S <- S + delta k^T          correct it
//   o = S q                     read
//
//   c          vec4 f32 [n_tokens, (q: n_key_heads * KEY_DIM | k: the same | v: n_value_heads * value_dim) /
//              4], convolved
//   projected  f32 [n_tokens, row_stride]; x_b at column b_column + h, x_a at a_column + h
//   gates      f32 [a: n_value_heads | dt_bias: n_value_heads]; a = -exp(A_log), as GGUF stores it
//   state      vec4 f32 [n_value_heads, KEY_DIM / 4, value_dim]: lanes that hold neighbouring rows read
//              neighbouring vec4s
//   o          f32 [n_tokens, n_value_heads, value_dim]
//
// One workgroup for ROWS rows of S, PARTS lanes to a row, whose 32 numbers each stay in registers for the
// whole step: as matrices, since an array would be indexed in memory. Keys, queries and what depends on them
// alone are made for STAGED tokens at once. Both dots are taken of the old S, with o = alpha S q + delta (k .
// q), so that a token has one sum over lanes. Yang et al. 2024, arXiv:2412.06464; docs/model.md#delta-rule.
// L2 norms as the official code: eps inside the root.

const PARTS = KEY_DIM / 32u;
const LANES = ROWS * PARTS;
const VECS = KEY_DIM / 4u;
const STAGED = 8u;
const TOKEN_LANES = LANES / STAGED; // look at one staged token's keys and queries
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

// The values that a token's rows share. Scales are those of the key and the query as they were convolved.
struct Token { alpha: f32, beta: f32, k_scale: f32, q_scale: f32, k_dot_q: f32 }

var<workgroup> keys: array<vec4<f32>, STAGED * VECS>;
var<workgroup> queries: array<vec4<f32>, STAGED * VECS>;
var<workgroup> norm_parts: array<vec3<f32>, LANES>; // k . k, q . q, k . q
var<workgroup> tokens: array<Token, STAGED>;
var<workgroup> row_parts: array<vec2<f32>, 2u * LANES>; // S k, S q of an even and of an odd token

fn total(v: vec4<f32>) -> f32 { return (v.x + v.y) + (v.z + v.w); }

// Four vec4s of keys or queries beside four of a row of S.
fn products(a: mat4x4<f32>, b: mat4x4<f32>) -> vec4<f32> { return (a[0] * b[0] + a[1] * b[1]) + (a[2] * b[2] + a[3] * b[3]); }

fn stage(first: u32, n_staged: u32, head: u32, lane: u32) {
  let c_stride = 2u * params.n_key_heads * VECS + params.n_value_heads * params.value_dim / 4u;
  let key_head = head % params.n_key_heads; // GGUF keeps value heads tiled over key heads
  for (var i = lane; i < n_staged * VECS; i += LANES) {
    let at = (first + i / VECS) * c_stride + key_head * VECS + i % VECS;
    queries[i] = c[at];
    keys[i] = c[at + params.n_key_heads * VECS];
  }
  workgroupBarrier();
  var parts = vec3<f32>();
  let staged = lane / TOKEN_LANES;
  for (var i = lane % TOKEN_LANES; i < VECS; i += TOKEN_LANES) {
    let k = keys[staged * VECS + i];
    let q = queries[staged * VECS + i];
    parts += vec3<f32>(dot(k, k), dot(q, q), dot(k, q));
  }
  norm_parts[lane] = parts;
  workgroupBarrier();
  if (lane < n_staged) {
    var sums = vec3<f32>();
    for (var i = 0u; i < TOKEN_LANES; i++) { sums += norm_parts[lane * TOKEN_LANES + i]; }
    let gate_row = (first + lane) * params.row_stride + head;
    tokens[lane] = Token(
      exp(gates[head] * softplus(projected[gate_row + params.a_column] + gates[params.n_value_heads + head])),
      sigmoid(projected[gate_row + params.b_column]),
      1.0 / sqrt(sums.x + L2_EPS),
      1.0 / sqrt((sums.y + L2_EPS) * f32(KEY_DIM)),
      sums.z,
    );
  }
  workgroupBarrier();
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let head = group.y;
  let row_lane = lane % ROWS;
  let row = group.x * ROWS + row_lane; // value_dim is a multiple of ROWS
  let first_vec = lane / ROWS * 8u;
  let stride = params.value_dim;
  let at = (head * VECS + first_vec) * stride + row;
  let far = at + 4u * stride;
  var low = mat4x4<f32>(state[at], state[at + stride], state[at + 2u * stride], state[at + 3u * stride]);
  var high = mat4x4<f32>(state[far], state[far + stride], state[far + 2u * stride], state[far + 3u * stride]);

  let v_column = 2u * params.n_key_heads * KEY_DIM + head * params.value_dim + row;
  let c_row = 2u * params.n_key_heads * KEY_DIM + params.n_value_heads * params.value_dim;
  for (var first = 0u; first < step.n_tokens; first += STAGED) {
    let n_staged = min(STAGED, step.n_tokens - first);
    stage(first, n_staged, head, lane);
    for (var t = 0u; t < n_staged; t++) {
      let i = t * VECS + first_vec;
      let k_low = mat4x4<f32>(keys[i], keys[i + 1u], keys[i + 2u], keys[i + 3u]);
      let k_high = mat4x4<f32>(keys[i + 4u], keys[i + 5u], keys[i + 6u], keys[i + 7u]);
      let q_low = mat4x4<f32>(queries[i], queries[i + 1u], queries[i + 2u], queries[i + 3u]);
      let q_high = mat4x4<f32>(queries[i + 4u], queries[i + 5u], queries[i + 6u], queries[i + 7u]);
      let parity = (t & 1u) * LANES; // the token after the next writes behind another barrier
      row_parts[parity + lane] = vec2<f32>(
        total(products(low, k_low) + products(high, k_high)),
        total(products(low, q_low) + products(high, q_high)),
      );
      workgroupBarrier();
      var recalled_read = vec2<f32>();
      for (var part = 0u; part < PARTS; part++) { recalled_read += row_parts[parity + part * ROWS + row_lane]; }

      let token = tokens[t];
      let v_at = (first + t) * c_row + v_column;
      let v = c[v_at / 4u][v_at % 4u];
      let delta = token.beta * (v - token.alpha * recalled_read.x * token.k_scale);
      if (lane < ROWS) {
        o[((first + t) * params.n_value_heads + head) * params.value_dim + row] =
          (token.alpha * recalled_read.y + delta * token.k_scale * token.k_dot_q) * token.q_scale;
      }
      low = token.alpha * low + (delta * token.k_scale) * k_low;
      high = token.alpha * high + (delta * token.k_scale) * k_high;
    }
    workgroupBarrier(); // what was staged has been read
  }

  for (var j = 0u; j < 4u; j++) {
    state[at + j * stride] = low[0];
    state[far + j * stride] = high[0];
    low = mat4x4<f32>(low[1], low[2], low[3], low[0]);
    high = mat4x4<f32>(high[1], high[2], high[3], high[0]);
  }
}
