// A memory of fixed size: pairs are stored in a state S [key_dim, value_dim] one after another, then read
// back. For head h
//
//   m = S^T (r * k)                          what S recalls for k, before it decays
//   S <- Diag(alpha) S + k (w * v - m)^T     forget, erase, write
//   o = S^T q                                at the end, for each query
//
// Which rule this is, its gates say (alpha, r per key channel, w per value channel): r = 0 is linear
// attention and Mamba-2, r = alpha b reads the decayed state as the delta rules do, and r = beta p / k is
// Comba, which reads before the decay.
//
//   keys, queries  vec4 f32 [n_trials, row_stride, key_dim / 4]
//   values         f32 [n_trials, row_stride, value_dim]
//   kinds          u32 [row_stride]: which gates each token has
//   gates          f32 [n_rules, n_kinds, alpha: key_dim | r: key_dim | w: value_dim]
//   state          vec4 f32 [n_rules * n_trials, key_dim / 4, value_dim], as in delta-rule.wgsl
//   o              f32 [n_rules * n_trials, n_queries, value_dim]
//
// Head = rule * n_trials + trial. One lane per column of S, which it keeps in an array of its own. Loops over
// channels are bounded by a parameter: bounded by a constant, a software adapter unrolls them and compiles
// for minutes. key_dim and value_dim are multiples of 4, key_dim is at most 128.
// docs/model.md#rules-of-memory; Yang et al. 2024, arXiv:2406.06484 and 2412.06464; Kimi Linear,
// arXiv:2510.26692.

const MOST_VECS = 32u;

struct Params {
  n_trials: u32,
  n_kinds: u32,
  key_dim: u32,
  value_dim: u32,
  row_stride: u32,
  first_token: u32,
  n_tokens: u32,
  first_query: u32,
  n_queries: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> keys: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read> queries: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> kinds: array<u32>;
@group(0) @binding(5) var<storage, read> gates: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> state: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> o: array<f32>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = group.x * LANES + lane;
  let head = group.y;
  if (column >= params.value_dim) { return; }
  var S = array<vec4<f32>, MOST_VECS>();

  let vecs = params.key_dim / 4u;
  let rule = head / params.n_trials;
  let first_row = (head % params.n_trials) * params.row_stride;
  let gate_vecs = 2u * vecs + params.value_dim / 4u;
  let state_at = head * vecs * params.value_dim + column;

  for (var j = 0u; j < vecs; j++) { S[j] = state[state_at + j * params.value_dim]; }

  for (var t = params.first_token; t < params.first_token + params.n_tokens; t++) {
    let row = first_row + t;
    let alpha_at = (rule * params.n_kinds + kinds[t]) * gate_vecs;
    let read_at = alpha_at + vecs;
    let write = gates[read_at + vecs + column / 4u][column % 4u];

    var recalled = vec4<f32>();
    for (var j = 0u; j < vecs; j++) { recalled += S[j] * (gates[read_at + j] * keys[row * vecs + j]); }
    let d = write * values[row * params.value_dim + column] - dot(recalled, vec4<f32>(1.0));
    for (var j = 0u; j < vecs; j++) { S[j] = gates[alpha_at + j] * S[j] + keys[row * vecs + j] * d; }
  }

  for (var i = 0u; i < params.n_queries; i++) {
    let row = first_row + params.first_query + i;
    var sum = vec4<f32>();
    for (var j = 0u; j < vecs; j++) { sum += S[j] * queries[row * vecs + j]; }
    o[(head * params.n_queries + i) * params.value_dim + column] = dot(sum, vec4<f32>(1.0));
  }

  if (params.n_tokens == 0u) { return; }
  for (var j = 0u; j < vecs; j++) { state[state_at + j * params.value_dim] = S[j]; }
}
