// One token of attention over one split of a segment of the cache, for the GROUP query heads that share a kv
// head; what attention-prepare and attention do for many tokens:
//
//   q[h] = rotate(rms_norm(x_q) * q_norm, position) / sqrt(HEAD_DIM)
//   keys[kv_length], values[kv_length] = rotate(rms_norm(x_k) * k_norm, position), x_v
//   as lib/kv/f16.wgsl or lib/kv/q8.wgsl pack them
//   partial, extent = as lib/attend.wgsl says
//
//   projected  f32 [n_heads x (query: HEAD_DIM | gate: HEAD_DIM) | keys: n_kv_heads x HEAD_DIM | values: the
//              same]
//   norms      f32 [q_norm: HEAD_DIM | k_norm: HEAD_DIM]
//   rotary     (cos, sin) f32 [coarse: 1024 | fine: 1024, rotary_dim / 2], as in attention-prepare.wgsl
//   keys, values  [capacity, n_kv_heads, KV_ROW] units: tokens first_token … first_token + capacity - 1 of
//                 the sequence
//   partial    f32 [n_kv_heads * GROUP, n_all_splits, HEAD_DIM], of which this segment has n_splits from
//              first_split
//   extent     (m, l) f32 [n_kv_heads * GROUP, n_all_splits]
//
// One workgroup per split and four query heads of a kv head. Every one norms and rotates its queries; the one
// whose split ends with this token makes its key and value, stores them and reads them back: no other needs
// them. (With more than four heads to a kv head two do, and store the same.) An empty split has m = LOWEST
// and l = 0, and no partial result. docs/model.md#gated-attention

const ROW_LANES = LANES / 8u; // sum up the squares of one row; four queries and a key are five rows

struct Params {
  n_kv_heads: u32,
  half_rotary_dim: u32,
  eps: f32,
  n_splits: u32,
  first_split: u32,
  n_all_splits: u32,
  first_token: u32,
  capacity: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> projected: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> keys: array<KvUnit>;
@group(0) @binding(6) var<storage, read_write> values: array<KvUnit>;
@group(0) @binding(7) var<storage, read_write> partial_out: array<f32>;
@group(0) @binding(8) var<storage, read_write> extent: array<vec2<f32>>;

var<workgroup> row_squares: array<f32, LANES>;
var<workgroup> row_scales: array<f32, 5>;
var<workgroup> fresh: array<f32, 2u * HEAD_DIM>; // this token's key, and its value

// Four rows to norm and rotate at once: where they lie, their scales, where their norm's weights lie.
struct Rows { at: vec4<u32>, norm_at: u32, scale: vec4<f32> }

fn normed(rows: Rows, i: u32) -> vec4<f32> {
  let at = rows.at + i;
  let x = vec4<f32>(projected[at.x], projected[at.y], projected[at.z], projected[at.w]);
  return x * rows.scale * norms[rows.norm_at + i];
}

fn cos_sin(i: u32) -> vec2<f32> {
  let coarse = rotary[(step.position >> 10u) * params.half_rotary_dim + i];
  let fine = rotary[(1024u + (step.position & 1023u)) * params.half_rotary_dim + i];
  return vec2<f32>(coarse.x * fine.x - coarse.y * fine.y, coarse.y * fine.x + coarse.x * fine.y);
}

fn rotated(rows: Rows, i: u32) -> vec4<f32> {
  let half = params.half_rotary_dim;
  let own = normed(rows, i);
  if (i >= 2u * half) { return own; }
  let is_first = i < half;
  let angle = cos_sin(select(i - half, i, is_first));
  let other = normed(rows, select(i - half, i + half, is_first));
  return own * angle.x + other * select(angle.y, -angle.y, is_first);
}

// Columns of four query rows: those past the last head are that one again, and not written at the end.
fn query_columns(first_head: u32, n_heads: u32) -> vec4<u32> {
  return 2u * HEAD_DIM * (first_head + min(vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(n_heads - 1u)));
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let split = group.x;
  let kv_head = group.y / GROUP_PARTS;
  let head_in_group = group.y % GROUP_PARTS * HEADS;
  let first_head = kv_head * GROUP + head_in_group;
  let n_heads = min(HEADS, GROUP - head_in_group);
  let to = HeadRows(first_head * params.n_all_splits + params.first_split + split, params.n_all_splits, n_heads);

  let length = length_in_segment(step.kv_length + 1u, params.first_token, params.capacity);
  let over = stretch_of(split, params.n_splits, length);
  if (over.first >= length) {
    attend_nothing(to, lane);
    return;
  }
  // The token lies in this segment, and its split ends with it.
  let is_storing = over.end == length && step.kv_length < params.first_token + params.capacity;

  let columns = query_columns(first_head, n_heads);
  let key_column = (2u * params.n_kv_heads * GROUP + kv_head) * HEAD_DIM;
  let row = lane / ROW_LANES;
  var squares = 0.0;
  if (row < 5u) {
    let at = select(key_column, columns[min(row, 3u)], row < 4u);
    for (var i = lane % ROW_LANES; i < HEAD_DIM; i += ROW_LANES) { squares += projected[at + i] * projected[at + i]; }
  }
  row_squares[lane] = squares;
  workgroupBarrier();
  if (lane < 5u) {
    var total = 0.0;
    for (var i = lane * ROW_LANES; i < (lane + 1u) * ROW_LANES; i++) { total += row_squares[i]; }
    row_scales[lane] = 1.0 / sqrt(total / f32(HEAD_DIM) + params.eps);
  }
  workgroupBarrier();

  // The queries' dims, and then the key's: one loop, for what is in it makes a long shader.
  let q_scales = vec4<f32>(row_scales[0], row_scales[1], row_scales[2], row_scales[3]) / sqrt(f32(HEAD_DIM));
  for (var i = lane; i < select(HEAD_DIM, 2u * HEAD_DIM, is_storing); i += LANES) {
    let is_key = i >= HEAD_DIM;
    let dim = select(i, i - HEAD_DIM, is_key);
    let x = rotated(Rows(
      select(columns, vec4<u32>(key_column), is_key),
      select(0u, HEAD_DIM, is_key),
      select(q_scales, vec4<f32>(row_scales[4]), is_key),
    ), dim);
    if (is_key) {
      fresh[dim] = x.x;
      fresh[i] = projected[key_column + params.n_kv_heads * HEAD_DIM + dim];
    } else {
      queries[query_index(dim)] = x;
    }
  }
  if (is_storing) {
    workgroupBarrier();
    let cache_row = (step.kv_length - params.first_token) * params.n_kv_heads + kv_head;
    store_key(cache_row, 0u, lane);
    store_value(cache_row, HEAD_DIM, lane);
  }
  storageBarrier(); // the key and value just stored are read below, by this workgroup
  workgroupBarrier();

  attend(over, kv_head, params.n_kv_heads, to, lane);
}
