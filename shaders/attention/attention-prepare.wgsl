// The inputs of attention for each new token: normed and rotated queries; normed and rotated keys, and plain
// values, in the cache.
//
//   q[t, h] = rotate(rms_norm(x_q) * q_norm, position + t) / sqrt(HEAD_DIM)
//   keys[kv_length + t], values[kv_length + t] = rotate(rms_norm(x_k) * k_norm, position + t), x_v
//   as lib/kv/f16.wgsl or lib/kv/q8.wgsl pack them
//
//   projected  f32 [n_tokens, n_heads x (query: HEAD_DIM | gate: HEAD_DIM) | keys: n_kv_heads x HEAD_DIM |
//              values: the same]
//   norms      f32 [q_norm: HEAD_DIM | k_norm: HEAD_DIM]
//   rotary     (cos, sin) f32 [coarse: 1024 | fine: 1024, rotary_dim / 2]: of multiples of 1024 positions,
//              and of 0..1023
//   q          f32 [n_tokens, n_heads, HEAD_DIM]
//   keys, values  [capacity, n_kv_heads, KV_ROW] units: tokens first_token … first_token + capacity - 1 of
//                 the sequence
//
// One workgroup per head (n_heads queries, then n_kv_heads keys, then n_kv_heads values) and token; of the
// segments of a cache the first one makes the queries, and each stores what lies in it. Dim i of the first
// half of the rotated dims pairs with i + rotary_dim / 2. Angles are added by the sum formulas from tables
// made in f64: WGSL's cos is good to 2^-11 only, and an f32 angle is not enough at position 262,144. Su et
// al. 2021, arXiv:2104.09864; docs/model.md#rotary-positions.

struct Params {
  n_heads: u32,
  n_kv_heads: u32,
  half_rotary_dim: u32,
  eps: f32,
  first_token: u32,
  capacity: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> projected: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> q: array<f32>;
@group(0) @binding(6) var<storage, read_write> keys: array<KvUnit>;
@group(0) @binding(7) var<storage, read_write> values: array<KvUnit>;

var<workgroup> fresh: array<f32, HEAD_DIM>; // the key or value to store

// A row to norm and rotate: where it lies, its scale, where its norm's weights lie.
struct Row { at: u32, norm_at: u32, scale: f32 }

fn normed(row: Row, i: u32) -> f32 { return projected[row.at + i] * row.scale * norms[row.norm_at + i]; }

fn cos_sin(i: u32, position: u32) -> vec2<f32> {
  let coarse = rotary[(position >> 10u) * params.half_rotary_dim + i];
  let fine = rotary[(1024u + (position & 1023u)) * params.half_rotary_dim + i];
  return vec2<f32>(coarse.x * fine.x - coarse.y * fine.y, coarse.y * fine.x + coarse.x * fine.y);
}

fn rotated(row: Row, i: u32, position: u32) -> f32 {
  let half = params.half_rotary_dim;
  let own = normed(row, i);
  if (i >= 2u * half) { return own; }
  let is_first = i < half;
  let angle = cos_sin(select(i - half, i, is_first), position);
  let other = normed(row, select(i - half, i + half, is_first));
  return own * angle.x + other * select(angle.y, -angle.y, is_first);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let token = group.y;
  if (token >= step.n_tokens || step.halt != 0u) { return; }
  let is_query = group.x < params.n_heads;
  let cache_token = step.kv_length + token;
  let is_stored = cache_token >= params.first_token && cache_token - params.first_token < params.capacity;
  if (select(!is_stored, params.first_token > 0u, is_query)) { return; }
  let n_row_columns = (2u * params.n_heads + 2u * params.n_kv_heads) * HEAD_DIM;
  // Column of this head: a query's gate stands behind it, so query heads are two heads apart.
  let column = select(group.x + params.n_heads, 2u * group.x, is_query) * HEAD_DIM;
  let at = token * n_row_columns + column;
  let kv_head = (group.x - params.n_heads) % params.n_kv_heads;
  let cache_row = (cache_token - params.first_token) * params.n_kv_heads + kv_head;

  if (group.x >= params.n_heads + params.n_kv_heads) {
    for (var i = lane; i < HEAD_DIM; i += WORKGROUP_SIZE) { fresh[i] = projected[at + i]; }
    workgroupBarrier();
    store_value(cache_row, 0u, lane);
    return;
  }

  var sum_of_squares = 0.0;
  for (var i = lane; i < HEAD_DIM; i += WORKGROUP_SIZE) { sum_of_squares += projected[at + i] * projected[at + i]; }
  let mean_square = workgroup_sum(sum_of_squares, lane) / f32(HEAD_DIM);
  let row = Row(at, select(HEAD_DIM, 0u, is_query), 1.0 / sqrt(mean_square + params.eps));

  let position = step.position + token;
  if (is_query) {
    let q_row = (token * params.n_heads + group.x) * HEAD_DIM;
    let scale = 1.0 / sqrt(f32(HEAD_DIM));
    for (var i = lane; i < HEAD_DIM; i += WORKGROUP_SIZE) { q[q_row + i] = rotated(row, i, position) * scale; }
  } else {
    for (var i = lane; i < HEAD_DIM; i += WORKGROUP_SIZE) { fresh[i] = rotated(row, i, position); }
    workgroupBarrier();
    store_key(cache_row, 0u, lane);
  }
}
