// Exact attention over a window of tokens, beside a state that answers what the window does not hold:
//
//   e_j = exp(scale (k_j . q - threshold)) for the window's keys
//   o = (sum_j e_j v_j + recalled) / (sum_j e_j + 1)
//
// The state is one more entry of the softmax, as a sink is: it wins where no key of the window matches better
// than threshold. Keys and queries have length 1, so that e_j is at most exp(scale (1 - threshold)).
//
//   keys, queries  vec4 f32 [n_trials, row_stride, key_dim / 4]
//   values         f32 [n_trials, row_stride, value_dim]
//   recalled, o    f32 [n_heads, n_queries, value_dim]; head h belongs to trial h % n_trials
//
// One workgroup per query and head: its lanes stride over the window's keys, then over the values' channels.

const MOST_KEYS = 1024u;

struct Params {
  n_trials: u32,
  key_dim: u32,
  value_dim: u32,
  row_stride: u32,
  first_key: u32,
  n_keys: u32,
  first_query: u32,
  n_queries: u32,
  scale: f32,
  threshold: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> keys: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read> queries: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> recalled: array<f32>;
@group(0) @binding(5) var<storage, read_write> o: array<f32>;

var<workgroup> e: array<f32, MOST_KEYS>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let vecs = params.key_dim / 4u;
  let query = group.x;
  let head = group.y;
  let first_row = (head % params.n_trials) * params.row_stride;
  let q_at = (first_row + params.first_query + query) * vecs;

  for (var j = lane; j < params.n_keys; j += 64u) {
    let k_at = (first_row + params.first_key + j) * vecs;
    var match_sum = 0.0;
    for (var i = 0u; i < vecs; i++) { match_sum += dot(keys[k_at + i], queries[q_at + i]); }
    e[j] = exp(params.scale * (match_sum - params.threshold));
  }
  workgroupBarrier();

  let o_at = (head * params.n_queries + query) * params.value_dim;
  for (var channel = lane; channel < params.value_dim; channel += 64u) {
    var weighted = recalled[o_at + channel];
    var total = 1.0;
    for (var j = 0u; j < params.n_keys; j++) {
      weighted += e[j] * values[(first_row + params.first_key + j) * params.value_dim + channel];
      total += e[j];
    }
    o[o_at + channel] = weighted / total;
  }
}
