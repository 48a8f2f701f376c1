// softmax(q K^T) V over one split of a segment of the cache, for ROWS query rows: the GROUP query heads that
// share a kv head, of one token after another
//
//   q             vec4 f32 [n_tokens, n_kv_heads, GROUP, HEAD_DIM / 4], rotated and scaled
//   keys, values  [capacity, n_kv_heads, KV_ROW] units: tokens first_token … first_token + capacity - 1 of
//                 the sequence
//   partial       vec4 f32 [n_tokens, n_kv_heads * GROUP, n_all_splits, HEAD_DIM / 4], of which this segment
//                 has n_splits from first_split: sum of exp(s - m) v,  s = q K^T, m = max s
//   extent        (m, l) f32 [n_tokens, n_kv_heads * GROUP, n_all_splits], l = sum of exp(s - m)
//
// One workgroup per ROWS rows, kv head and split; stretches of STRETCH positions are dealt out to the splits
// in turn, so that a position belongs to the same one whatever the length. Token t sees kv_length + t + 1
// positions. A split with nothing to see has m = LOWEST and l = 0, and no partial result.
//
// Per tile of 64 positions: scores as a product tiled over slices of 16 dims, four rows by two positions a
// lane; then a lane has eight dims of four rows' results. Those stay in registers while scores are made:
// with eight rows a lane Apple's and Adreno's compilers spilled. What a lane sums up are components of
// vectors, for arrays would be unrolled. Every row adds its positions in their order, so no result depends on
// which rows share a workgroup. Online softmax: Milakov & Gimelshein 2018, arXiv:1805.02867; Dao 2023,
// arXiv:2307.08691.

const LANES = 256u;
const TILE = 64u;
const STRETCH = 256u;
const SLICE = 4u; // vec4s of a row
const PITCH = SLICE + 1u; // one is left free, so that rows lie in different banks
const POSITION_LANES = TILE / 2u; // share four rows
const LOWEST = -3.0e38;

struct Params {
  n_kv_heads: u32,
  n_splits: u32,
  first_split: u32,
  n_all_splits: u32,
  first_token: u32,
  capacity: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> keys: array<KvUnit>;
@group(0) @binding(4) var<storage, read> values: array<KvUnit>;
@group(0) @binding(5) var<storage, read_write> partial_out: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> extent: array<vec2<f32>>;

// A slice of the rows' queries, then of the tile's keys; once the scores are there, the probabilities [TILE,
// ROWS / 4].
var<workgroup> tile_data: array<vec4<f32>, max((ROWS + TILE) * PITCH, TILE * ROWS / 4u)>;
var<workgroup> lane_parts: array<vec4<f32>, LANES>;
var<workgroup> kept_parts: array<vec4<f32>, ROWS / 4u>; // what a tile leaves of the sums before it

// Rows of a kv head are counted through all tokens: `heads_of` finds them among all heads of all tokens.
fn heads_of(rows: vec4<u32>, kv_head: u32) -> vec4<u32> {
  return (rows / GROUP * params.n_kv_heads + kv_head) * GROUP + rows % GROUP;
}
fn head_of(row: u32, kv_head: u32) -> u32 { return heads_of(vec4<u32>(row), kv_head).x; }

// Positions of the segment that the rows' tokens see.
fn seen_by(rows: vec4<u32>) -> vec4<u32> {
  let first = vec4<u32>(params.first_token);
  return min(max(step.kv_length + rows / GROUP + 1u, first) - first, vec4<u32>(params.capacity));
}

fn stage(slice: u32, first_row: u32, last_row: u32, tile: u32, end: u32, kv_head: u32, lane: u32) {
  for (var i = lane; i < ROWS * SLICE; i += LANES) {
    let row = min(first_row + i / SLICE, last_row);
    tile_data[i / SLICE * PITCH + i % SLICE] = q[head_of(row, kv_head) * (HEAD_DIM / 4u) + slice * SLICE + i % SLICE];
  }
  for (var i = lane; i < TILE * SLICE / 2u; i += LANES) {
    let position = i / (SLICE / 2u);
    let unit = i % (SLICE / 2u);
    let key = dims_of(packed_key(min(tile + position, end - 1u) * params.n_kv_heads + kv_head, slice * (SLICE / 2u) + unit));
    let at = (ROWS + position) * PITCH + 2u * unit;
    tile_data[at] = key.low;
    tile_data[at + 1u] = key.high;
  }
}

// Scores of four rows at two positions: a column for each position. The bound is SLICE, since there is a
// split; no compiler knows, so none unrolls the loop: unrolled, its loads filled the registers.
fn scores_of_slice(row_group: u32, position: u32) -> mat2x4<f32> {
  var scores = mat2x4<f32>();
  for (var i = 0u; i < min(SLICE, SLICE * params.n_all_splits); i++) {
    let row = 4u * row_group * PITCH + i;
    let queries = mat4x4<f32>(
      tile_data[row], tile_data[row + PITCH], tile_data[row + 2u * PITCH], tile_data[row + 3u * PITCH],
    );
    let key = (ROWS + position) * PITCH + i;
    scores += mat2x4<f32>(tile_data[key] * queries, tile_data[key + POSITION_LANES * PITCH] * queries);
  }
  return scores;
}

fn scaled_columns(all: mat4x4<f32>, scale: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(all[0] * scale, all[1] * scale, all[2] * scale, all[3] * scale);
}
fn outer(rows: vec4<f32>, dims: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(rows * dims.x, rows * dims.y, rows * dims.z, rows * dims.w);
}

// Eight dims of four rows, a column for each dim.
fn store(first_row: u32, last_row: u32, kv_head: u32, split: u32, unit: u32, low: mat4x4<f32>, high: mat4x4<f32>) {
  var a = low;
  var b = high;
  for (var row = first_row; row < first_row + 4u; row++) {
    if (row <= last_row) {
      let at = (head_of(row, kv_head) * params.n_all_splits + params.first_split + split) * (HEAD_DIM / 4u) + 2u * unit;
      partial_out[at] = vec4<f32>(a[0].x, a[1].x, a[2].x, a[3].x);
      partial_out[at + 1u] = vec4<f32>(b[0].x, b[1].x, b[2].x, b[3].x);
    }
    a = mat4x4<f32>(a[0].yzwx, a[1].yzwx, a[2].yzwx, a[3].yzwx);
    b = mat4x4<f32>(b[0].yzwx, b[1].yzwx, b[2].yzwx, b[3].yzwx);
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first_row = group.x * ROWS;
  let kv_head = group.y;
  let split = group.z;
  if (first_row >= step.n_tokens * GROUP || step.halt != 0u) { return; }
  let last_row = min(first_row + ROWS, step.n_tokens * GROUP) - 1u;
  let end = seen_by(vec4<u32>(last_row)).x;

  let row_group = lane / POSITION_LANES;
  let position = lane % POSITION_LANES;
  let own_rows = min(vec4<u32>(first_row + 4u * row_group) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(last_row));
  let seen = seen_by(own_rows);
  var largest = vec4<f32>(LOWEST);
  var sum = vec4<f32>(); // of this lane's positions

  // Row group `quad`.
  let unit = lane % UNITS;
  let quad = lane / UNITS;
  var low = mat4x4<f32>();
  var high = mat4x4<f32>();

  var tile = split * STRETCH;
  while (tile < end) {
    var scores = mat2x4<f32>();
    for (var slice = 0u; slice < HEAD_DIM / (4u * SLICE); slice++) {
      workgroupBarrier(); // what lay there has been read
      stage(slice, first_row, last_row, tile, end, kv_head, lane);
      workgroupBarrier();
      scores += scores_of_slice(row_group, position);
    }

    var lane_largest = vec4<f32>(LOWEST);
    for (var i = 0u; i < 2u; i++) {
      let is_seen = vec4<u32>(tile + position + i * POSITION_LANES) < seen;
      let masked = select(vec4<f32>(LOWEST), scores[0], is_seen);
      lane_largest = max(lane_largest, masked);
      scores = mat2x4<f32>(scores[1], masked);
    }
    lane_parts[lane] = lane_largest;
    workgroupBarrier();
    let before = largest;
    for (var i = 0u; i < POSITION_LANES; i++) {
      largest = max(largest, lane_parts[row_group * POSITION_LANES + i]);
    }
    let kept = select(exp(before - largest), vec4<f32>(1.0), before == largest);
    sum *= kept;
    for (var i = 0u; i < 2u; i++) {
      let probability = select(exp(scores[0] - largest), vec4<f32>(), scores[0] == vec4<f32>(LOWEST));
      sum += probability;
      tile_data[(position + i * POSITION_LANES) * (ROWS / 4u) + row_group] = probability;
      scores = mat2x4<f32>(scores[1], scores[0]);
    }
    if (position == 0u) { kept_parts[row_group] = kept; }
    workgroupBarrier();

    if (quad < ROWS / 4u) {
      let kept_rows = kept_parts[quad];
      low = scaled_columns(low, kept_rows);
      high = scaled_columns(high, kept_rows);
      for (var i = 0u; i < min(TILE, end - tile); i++) {
        let value = dims_of(packed_value((tile + i) * params.n_kv_heads + kv_head, unit));
        let p = tile_data[i * (ROWS / 4u) + quad];
        low += outer(p, value.low);
        high += outer(p, value.high);
      }
    }

    tile += TILE;
    if (tile % STRETCH == 0u) { tile += (params.n_splits - 1u) * STRETCH; }
  }

  workgroupBarrier();
  lane_parts[lane] = sum;
  workgroupBarrier();
  if (position == 0u && first_row + 4u * row_group <= last_row) {
    var total = vec4<f32>();
    for (var i = 0u; i < POSITION_LANES; i++) { total += lane_parts[lane + i]; }
    let heads = heads_of(own_rows, kv_head);
    for (var i = 0u; i < min(4u, last_row - first_row - 4u * row_group + 1u); i++) {
      extent[heads[i] * params.n_all_splits + params.first_split + split] = vec2<f32>(largest[i], total[i]);
    }
  }
  if (split * STRETCH < end && quad < ROWS / 4u) {
    store(first_row + 4u * quad, last_row, kv_head, split, unit, low, high);
  }
}
