// One token of attention over one split of the cache, for the GROUP query heads that share a kv head; what attention-prepare and
// attention do for many tokens:
//
//   q[h] = rotate(rms_norm(x_q) * q_norm, position) / sqrt(HEAD_DIM)
//   keys[kv_length], values[kv_length] = rotate(rms_norm(x_k) * k_norm, position), x_v          as f16 pairs
//   partial = sum of exp(s - m) v over the split, s = q K^T, m = max s;  extent = m, sum of exp(s - m)
//
//   projected  f32 [n_heads x (query: HEAD_DIM | gate: HEAD_DIM) | keys: n_kv_heads x HEAD_DIM | values: the same]
//   norms      f32 [q_norm: HEAD_DIM | k_norm: HEAD_DIM]
//   rotary     (cos, sin) f32 [coarse: 1024 | fine: 1024, rotary_dim / 2], as in attention-prepare.wgsl
//   keys, values  u32 [n_kv_heads, capacity, HEAD_DIM / 2], two halves in one; read as vec4s
//   partial    f32 [n_kv_heads * GROUP, n_splits, HEAD_DIM]
//   extent     (m, l) f32 [n_kv_heads * GROUP, n_splits]
//
// One workgroup per split and kv head. Every one norms and rotates the queries; the one whose split ends with this token makes its
// key and value, stores them and reads them back: no other needs them. Per tile of 32 positions: 4 lanes score a position for all
// heads, then VECS lanes hold a row of the values, 8 dims each, and RUNS of them share the positions. Splits are equal shares of
// whole tiles, so no grid depends on the length; an empty one has m = LOWEST and l = 0.
// Reference 2.3. Online softmax: Milakov & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135.

const LANES = 128u;
const KEY_LANES = 4u; // score one position
const TILE = LANES / KEY_LANES;
const VECS = HEAD_DIM / 8u; // vec4s of eight halves in a row
const QUADS = HEAD_DIM / 4u;
const RUNS = LANES / VECS; // lanes past RUNS * VECS have no part in the values
const ROW_LANES = LANES / 16u; // sum up the squares of one row; GROUP queries and a key are at most 9 rows
const LOWEST = -3.0e38;

struct Params { n_kv_heads: u32, n_splits: u32, half_rotary_dim: u32, eps: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> projected: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> keys: array<vec4<u32>>;
@group(0) @binding(6) var<storage, read_write> values: array<vec4<u32>>;
@group(0) @binding(7) var<storage, read_write> partial_out: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> extent: array<vec2<f32>>;

// Whole vec4s are written, never their components: a write to one component of a vector may touch all of it.
var<workgroup> queries: array<vec4<f32>, GROUP * QUADS>;
var<workgroup> score_parts: array<f32, GROUP * LANES>; // before the tiles, the rows' sums of squares
var<workgroup> scores: array<f32, GROUP * TILE>;
var<workgroup> probabilities: array<f32, GROUP * TILE>;
var<workgroup> run_outs: array<vec4<f32>, LANES>;

// Column of a row: GROUP queries, then the key.
fn column_of(row: u32, kv_head: u32) -> u32 {
  let n_heads = params.n_kv_heads * GROUP;
  return select(2u * n_heads + kv_head, 2u * (kv_head * GROUP + row), row < GROUP) * HEAD_DIM;
}

fn put_row_squares(kv_head: u32, lane: u32) {
  let row = lane / ROW_LANES;
  var sum = 0.0;
  if (row <= GROUP) {
    let at = column_of(row, kv_head);
    for (var i = lane % ROW_LANES; i < HEAD_DIM; i += ROW_LANES) { sum += projected[at + i] * projected[at + i]; }
  }
  score_parts[lane] = sum;
}

fn row_scale(row: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < ROW_LANES; i++) { sum += score_parts[row * ROW_LANES + i]; }
  return 1.0 / sqrt(sum / f32(HEAD_DIM) + params.eps);
}

// A row to norm and rotate: where it lies, its scale, where its norm's weights lie.
struct Row { at: u32, norm_at: u32, scale: f32 }

fn normed(row: Row, i: u32) -> f32 { return projected[row.at + i] * row.scale * norms[row.norm_at + i]; }

fn cos_sin(i: u32) -> vec2<f32> {
  let coarse = rotary[(step.position >> 10u) * params.half_rotary_dim + i];
  let fine = rotary[(1024u + (step.position & 1023u)) * params.half_rotary_dim + i];
  return vec2<f32>(coarse.x * fine.x - coarse.y * fine.y, coarse.y * fine.x + coarse.x * fine.y);
}

fn rotated(row: Row, i: u32) -> f32 {
  let half = params.half_rotary_dim;
  if (i >= 2u * half) { return normed(row, i); }
  if (i < half) {
    let angle = cos_sin(i);
    return normed(row, i) * angle.x - normed(row, i + half) * angle.y;
  }
  let angle = cos_sin(i - half);
  return normed(row, i) * angle.x + normed(row, i - half) * angle.y;
}

fn rotated_quad(row: Row, i: u32) -> vec4<f32> {
  return vec4<f32>(rotated(row, i), rotated(row, i + 1u), rotated(row, i + 2u), rotated(row, i + 3u));
}

// A value beyond f16's range would become infinite, and a weight of 0 times infinity NaN.
fn pack_halves(low: vec4<f32>, high: vec4<f32>) -> vec4<u32> {
  let a = clamp(low, vec4<f32>(-65504.0), vec4<f32>(65504.0));
  let b = clamp(high, vec4<f32>(-65504.0), vec4<f32>(65504.0));
  return vec4<u32>(pack2x16float(a.xy), pack2x16float(a.zw), pack2x16float(b.xy), pack2x16float(b.zw));
}

// This token's key and value into the cache.
fn store_token(kv_head: u32, cache_vec: u32, lane: u32) {
  if (lane < VECS) {
    let row = Row(column_of(GROUP, kv_head), HEAD_DIM, row_scale(GROUP));
    keys[cache_vec + lane] = pack_halves(rotated_quad(row, 8u * lane), rotated_quad(row, 8u * lane + 4u));
    let at = column_of(GROUP, kv_head) + params.n_kv_heads * HEAD_DIM + 8u * lane;
    values[cache_vec + lane] = pack_halves(
      vec4<f32>(projected[at], projected[at + 1u], projected[at + 2u], projected[at + 3u]),
      vec4<f32>(projected[at + 4u], projected[at + 5u], projected[at + 6u], projected[at + 7u]),
    );
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let split = group.x;
  let kv_head = group.y;
  let length = step.kv_length + 1u;
  let n_tiles = (length + TILE - 1u) / TILE;
  let tiles_per_split = (n_tiles + params.n_splits - 1u) / params.n_splits;
  let first = split * tiles_per_split * TILE;
  let end = min(length, first + tiles_per_split * TILE);
  let first_out = kv_head * GROUP * params.n_splits + split; // heads are n_splits apart
  if (first >= length) {
    for (var i = lane; i < GROUP * QUADS; i += LANES) {
      partial_out[(first_out + i / QUADS * params.n_splits) * QUADS + i % QUADS] = vec4<f32>();
    }
    if (lane < GROUP) { extent[first_out + lane * params.n_splits] = vec2<f32>(LOWEST, 0.0); }
    return;
  }

  let cache_row = kv_head * step.capacity;
  put_row_squares(kv_head, lane);
  workgroupBarrier();
  let q_scale = 1.0 / sqrt(f32(HEAD_DIM));
  for (var i = lane; i < GROUP * QUADS; i += LANES) {
    let head = i / QUADS;
    let row = Row(column_of(head, kv_head), 0u, row_scale(head));
    queries[i] = rotated_quad(row, 4u * (i % QUADS)) * q_scale;
  }
  if (end == length) { store_token(kv_head, (cache_row + step.kv_length) * VECS, lane); }
  storageBarrier(); // the key and value just stored are read below, by this workgroup
  workgroupBarrier();

  let vec = lane % VECS;
  let run = lane / VECS;
  var largest = array<f32, GROUP>();
  var sum = array<f32, GROUP>(); // of this run's positions
  var out_low = array<vec4<f32>, GROUP>();
  var out_high = array<vec4<f32>, GROUP>();
  for (var g = 0u; g < GROUP; g++) { largest[g] = LOWEST; }

  for (var tile = first; tile < end; tile += TILE) {
    let n_keys = min(TILE, end - tile);
    var part = array<f32, GROUP>();
    if (lane / KEY_LANES < n_keys) {
      let key_at = (cache_row + tile + lane / KEY_LANES) * VECS;
      for (var i = lane % KEY_LANES; i < VECS; i += KEY_LANES) {
        let packed = keys[key_at + i];
        let low = vec4<f32>(unpack2x16float(packed.x), unpack2x16float(packed.y));
        let high = vec4<f32>(unpack2x16float(packed.z), unpack2x16float(packed.w));
        for (var g = 0u; g < GROUP; g++) {
          part[g] += dot(queries[g * QUADS + 2u * i], low) + dot(queries[g * QUADS + 2u * i + 1u], high);
        }
      }
    }
    for (var g = 0u; g < GROUP; g++) { score_parts[g * LANES + lane] = part[g]; }
    workgroupBarrier();

    for (var i = lane; i < GROUP * TILE; i += LANES) {
      let at = i * KEY_LANES;
      let score = (score_parts[at] + score_parts[at + 1u]) + (score_parts[at + 2u] + score_parts[at + 3u]);
      scores[i] = select(LOWEST, score, i % TILE < n_keys);
    }
    workgroupBarrier();

    for (var g = 0u; g < GROUP; g++) {
      let before = largest[g];
      var now = before;
      for (var i = 0u; i < TILE; i++) { now = max(now, scores[g * TILE + i]); }
      largest[g] = now;
      let kept = exp(before - now);
      sum[g] *= kept;
      out_low[g] *= kept;
      out_high[g] *= kept;
      if (lane < TILE) { probabilities[g * TILE + lane] = exp(scores[g * TILE + lane] - now); }
    }
    workgroupBarrier(); // the next tile writes scores and probabilities behind barriers of its own

    if (run < RUNS) {
      for (var i = run; i < n_keys; i += RUNS) {
        let packed = values[(cache_row + tile + i) * VECS + vec];
        let low = vec4<f32>(unpack2x16float(packed.x), unpack2x16float(packed.y));
        let high = vec4<f32>(unpack2x16float(packed.z), unpack2x16float(packed.w));
        for (var g = 0u; g < GROUP; g++) {
          let p = probabilities[g * TILE + i];
          sum[g] += p;
          out_low[g] += p * low;
          out_high[g] += p * high;
        }
      }
    }
  }

  // The runs' sums: dims of a head lie in the lanes of a run, so lane vec of the first adds up those of the others.
  for (var g = 0u; g < GROUP; g++) {
    let out = first_out + g * params.n_splits;
    workgroupBarrier();
    run_outs[lane] = out_low[g];
    score_parts[lane] = sum[g];
    workgroupBarrier();
    if (lane < VECS) {
      var total = vec4<f32>();
      for (var r = 0u; r < RUNS; r++) { total += run_outs[r * VECS + lane]; }
      partial_out[out * QUADS + 2u * lane] = total;
    }
    if (lane == 0u) {
      var total = 0.0;
      for (var r = 0u; r < RUNS; r++) { total += score_parts[r * VECS]; }
      extent[out] = vec2<f32>(largest[g], total);
    }
    workgroupBarrier();
    run_outs[lane] = out_high[g];
    workgroupBarrier();
    if (lane < VECS) {
      var total = vec4<f32>();
      for (var r = 0u; r < RUNS; r++) { total += run_outs[r * VECS + lane]; }
      partial_out[out * QUADS + 2u * lane + 1u] = total;
    }
  }
}
