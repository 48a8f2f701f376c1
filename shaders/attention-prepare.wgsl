// What attention needs of each new token: normed, rotated queries; normed, rotated keys and plain values in the cache.
//
//   q[t, h] = rotate(rms_norm(x_q) * q_norm, position + t) / sqrt(head_dim)
//   keys[kv_length + t], values[kv_length + t] = rotate(rms_norm(x_k) * k_norm, position + t), x_v    as f16 pairs
//
//   projected  f32 [n_tokens, n_heads x (query: head_dim | gate: head_dim) | keys: n_kv_heads x head_dim | values: the same]
//   norms      f32 [q_norm: head_dim | k_norm: head_dim]
//   rotary     (cos, sin) f32 [coarse: 1024 | fine: 1024, rotary_dim / 2]: of multiples of 1024 positions, and of 0..1023
//   q          f32 [n_tokens, n_heads, head_dim]
//   keys, values  u32 [n_kv_heads, capacity, head_dim / 2], two halves in one
//
// One workgroup per head (n_heads queries, then n_kv_heads keys, then n_kv_heads values) and token. Dim i of the first
// half of the rotated dims pairs with i + rotary_dim / 2. Angles are added by the sum formulas from tables made in f64:
// WGSL's cos is good to 2^-11 only, and an f32 angle is not enough at position 262,144. Reference 2.3; Su et al. 2021, arXiv:2104.09864.

struct Params {
  n_heads: u32,
  n_kv_heads: u32,
  head_dim: u32,
  half_rotary_dim: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> projected: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> q: array<f32>;
@group(0) @binding(6) var<storage, read_write> keys: array<u32>;
@group(0) @binding(7) var<storage, read_write> values: array<u32>;

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
  if (i >= 2u * half) { return normed(row, i); }
  if (i < half) {
    let angle = cos_sin(i, position);
    return normed(row, i) * angle.x - normed(row, i + half) * angle.y;
  }
  let angle = cos_sin(i - half, position);
  return normed(row, i) * angle.x + normed(row, i - half) * angle.y;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let token = group.y;
  if (token >= step.n_tokens || step.halt != 0u) { return; }
  let dim = params.head_dim;
  let is_query = group.x < params.n_heads;
  let n_row_columns = (2u * params.n_heads + 2u * params.n_kv_heads) * dim;
  // Column of this head: a query's gate stands behind it, so query heads are two heads apart.
  let column = select(group.x + params.n_heads, 2u * group.x, is_query) * dim;
  let at = token * n_row_columns + column;
  let kv_head = (group.x - params.n_heads) % params.n_kv_heads;
  let cache_row = (kv_head * step.capacity + step.kv_length + token) * (dim / 2u);

  if (group.x >= params.n_heads + params.n_kv_heads) {
    for (var pair = lane; pair < dim / 2u; pair += WORKGROUP_SIZE) {
      let value = vec2<f32>(projected[at + 2u * pair], projected[at + 2u * pair + 1u]);
      values[cache_row + pair] = pack_halves(value);
    }
    return;
  }

  var sum_of_squares = 0.0;
  for (var i = lane; i < dim; i += WORKGROUP_SIZE) { sum_of_squares += projected[at + i] * projected[at + i]; }
  let mean_square = workgroup_sum(sum_of_squares, lane) / f32(dim);
  let row = Row(at, select(dim, 0u, is_query), 1.0 / sqrt(mean_square + params.eps));

  let position = step.position + token;
  if (is_query) {
    let q_row = (token * params.n_heads + group.x) * dim;
    let scale = 1.0 / sqrt(f32(dim));
    for (var i = lane; i < dim; i += WORKGROUP_SIZE) { q[q_row + i] = rotated(row, i, position) * scale; }
  } else {
    for (var pair = lane; pair < dim / 2u; pair += WORKGROUP_SIZE) {
      let key = vec2<f32>(rotated(row, 2u * pair, position), rotated(row, 2u * pair + 1u, position));
      keys[cache_row + pair] = pack_halves(key);
    }
  }
}

// A value beyond f16's range would become infinite, and a weight of 0 times infinity NaN.
fn pack_halves(pair: vec2<f32>) -> u32 { return pack2x16float(clamp(pair, vec2<f32>(-65504.0), vec2<f32>(65504.0))); }
