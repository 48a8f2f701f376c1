// softmax(q K^T) V of one token over a stretch of a cache's segment, for up to four query heads that share a
// kv head:
//
//   partial[h] = sum of exp(s - m) v,  s = q K^T, m = max s;  extent[h] = m, sum of exp(s - m)
//
//   partial_out  f32 [rows, HEAD_DIM], extent  (m, l) f32 [rows]: a row for each head and split
//
// Called by a workgroup of LANES lanes. Heads are the components of a vector: no array is kept by a lane,
// which would be unrolled into long shaders. Per tile of 32 positions 4 lanes score a position, then UNITS
// lanes hold a row of the values, 8 dims each, and RUNS of them share the positions. Online softmax: Milakov
// & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135.

const LANES = 128u;
const KEY_LANES = 4u; // score one position
const TILE = LANES / KEY_LANES;
const MAX_LANES = 8u; // look for the largest score, each among TILE / MAX_LANES positions
const RUNS = LANES / UNITS; // lanes past RUNS * UNITS have no part in the values
const ROUND = 4u * RUNS; // positions whose values are asked for together
const ROUNDS = (TILE + ROUND - 1u) / ROUND;
const LOWEST = -3.0e38;

// Workgroups that share a kv head, and how many of its query heads each has.
const GROUP_PARTS = (GROUP + MOST_HEADS - 1u) / MOST_HEADS;
const HEADS = (GROUP + GROUP_PARTS - 1u) / GROUP_PARTS;

// Positions of a segment.
struct Stretch { first: u32, end: u32 }

// The rows where the heads' results lie: `stride` rows apart.
struct HeadRows { first: u32, stride: u32, n_heads: u32 }

// Whole vec4s are written, never their components: a write to one component of a vector may touch all of it.
var<workgroup> queries: array<vec4<f32>, HEAD_DIM + UNITS>; // as query_index says
var<workgroup> lane_sums: array<vec4<f32>, LANES>; // parts of scores; at the end, of the results
var<workgroup> scores: array<vec4<f32>, TILE>;
var<workgroup> probabilities: array<vec4<f32>, ROUNDS * ROUND>; // 0 past the last key
var<workgroup> largest_parts: array<vec4<f32>, MAX_LANES>;

// One place is left free after every eight dims, so that lanes of a position read different banks.
fn query_index(dim: u32) -> u32 { return dim + dim / 8u; }

// The tokens of a sequence of `length` that lie in a segment.
fn length_in_segment(length: u32, first_token: u32, capacity: u32) -> u32 {
  return min(max(length, first_token) - first_token, capacity);
}

// Splits are equal shares of whole tiles, so no grid depends on the length.
fn stretch_of(split: u32, n_splits: u32, length: u32) -> Stretch {
  let n_tiles = (length + TILE - 1u) / TILE;
  let tiles_per_split = (n_tiles + n_splits - 1u) / n_splits;
  let first = split * tiles_per_split * TILE;
  return Stretch(first, min(length, first + tiles_per_split * TILE));
}

// A split with nothing to see has no partial result.
fn attend_nothing(to: HeadRows, lane: u32) {
  if (lane < to.n_heads) { extent[to.first + lane * to.stride] = vec2<f32>(LOWEST, 0.0); }
}

fn with_unit(before: vec4<f32>, packed: Packed, unit: u32) -> vec4<f32> {
  let key = dims_of(packed);
  let at = query_index(8u * unit);
  var score = before;
  score += queries[at] * key.low.x + queries[at + 1u] * key.low.y;
  score += queries[at + 2u] * key.low.z + queries[at + 3u] * key.low.w;
  score += queries[at + 4u] * key.high.x + queries[at + 5u] * key.high.y;
  score += queries[at + 6u] * key.high.z + queries[at + 7u] * key.high.w;
  return score;
}

// Four loads are on their way together: one at a time, a long context waits for memory most of the time.
fn score_part(row: u32, first_unit: u32) -> vec4<f32> {
  var score = vec4<f32>();
  var unit = first_unit;
  for (; unit + 3u * KEY_LANES < UNITS; unit += 4u * KEY_LANES) {
    let a = packed_key(row, unit);
    let b = packed_key(row, unit + KEY_LANES);
    let c = packed_key(row, unit + 2u * KEY_LANES);
    let d = packed_key(row, unit + 3u * KEY_LANES);
    score = with_unit(score, a, unit);
    score = with_unit(score, b, unit + KEY_LANES);
    score = with_unit(score, c, unit + 2u * KEY_LANES);
    score = with_unit(score, d, unit + 3u * KEY_LANES);
  }
  if (UNITS % (4u * KEY_LANES) == 0u) { return score; }
  for (; unit < UNITS; unit += KEY_LANES) { score = with_unit(score, packed_key(row, unit), unit); }
  return score;
}

// Sums over positions: of the probabilities, and of the values by them, a column for each dim.
struct Sums { p: vec4<f32>, low: mat4x4<f32>, high: mat4x4<f32> }

fn scaled(sums: Sums, by: vec4<f32>) -> Sums {
  let low = mat4x4<f32>(sums.low[0] * by, sums.low[1] * by, sums.low[2] * by, sums.low[3] * by);
  let high = mat4x4<f32>(sums.high[0] * by, sums.high[1] * by, sums.high[2] * by, sums.high[3] * by);
  return Sums(sums.p * by, low, high);
}

fn plus(sums: Sums, packed: Packed, p: vec4<f32>) -> Sums {
  let value = dims_of(packed);
  let low = mat4x4<f32>(p * value.low.x, p * value.low.y, p * value.low.z, p * value.low.w);
  let high = mat4x4<f32>(p * value.high.x, p * value.high.y, p * value.high.z, p * value.high.w);
  return Sums(sums.p + p, sums.low + low, sums.high + high);
}

// `queries` is written, and every lane has passed a barrier since.
fn attend(over: Stretch, kv_head: u32, n_kv_heads: u32, to: HeadRows, lane: u32) {
  let unit = lane % UNITS;
  let run = lane / UNITS;
  var largest = vec4<f32>(LOWEST);
  var sums = Sums(); // of this run's positions

  for (var tile = over.first; tile < over.end; tile += TILE) {
    let n_keys = min(TILE, over.end - tile);
    let at_key = lane / KEY_LANES;
    // A lane past the last key takes that one again: a branch would keep its loads behind one another.
    lane_sums[lane] = score_part((tile + min(at_key, n_keys - 1u)) * n_kv_heads + kv_head, lane % KEY_LANES);
    workgroupBarrier();

    if (lane < MAX_LANES) {
      var lane_largest = vec4<f32>(LOWEST);
      for (var key = lane; key < TILE; key += MAX_LANES) {
        let at = key * KEY_LANES;
        let score = (lane_sums[at] + lane_sums[at + 1u]) + (lane_sums[at + 2u] + lane_sums[at + 3u]);
        if (key < n_keys) { lane_largest = max(lane_largest, score); }
        scores[key] = score;
      }
      largest_parts[lane] = lane_largest;
    }
    workgroupBarrier();

    let before = largest;
    for (var i = 0u; i < MAX_LANES; i++) { largest = max(largest, largest_parts[i]); }
    let kept = exp(before - largest);
    sums = scaled(sums, kept);
    if (lane < ROUNDS * ROUND) {
      probabilities[lane] = select(vec4<f32>(), exp(scores[min(lane, TILE - 1u)] - largest), lane < n_keys);
    }
    workgroupBarrier(); // the next tile writes scores and probabilities behind barriers of its own

    if (run < RUNS) {
      for (var round = 0u; round < ROUNDS; round++) {
        let i = round * ROUND + run;
        let at = tile + min(vec4<u32>(i, i + RUNS, i + 2u * RUNS, i + 3u * RUNS), vec4<u32>(n_keys - 1u));
        let rows = at * n_kv_heads + kv_head;
        let a = packed_value(rows.x, unit);
        let b = packed_value(rows.y, unit);
        let c = packed_value(rows.z, unit);
        let d = packed_value(rows.w, unit);
        sums = plus(sums, a, probabilities[i]);
        sums = plus(sums, b, probabilities[i + RUNS]);
        sums = plus(sums, c, probabilities[i + 2u * RUNS]);
        sums = plus(sums, d, probabilities[i + 3u * RUNS]);
      }
    }
  }

  // The runs' sums: lane `unit` of the first adds up those of the others, a dim at a time.
  for (var column = 0u; column < 9u; column++) {
    workgroupBarrier();
    lane_sums[lane] = column_of(sums, column);
    workgroupBarrier();
    if (lane < UNITS) {
      var total = vec4<f32>();
      for (var at = lane; at < RUNS * UNITS; at += UNITS) { total += lane_sums[at]; }
      for (var head = 0u; head < to.n_heads; head++) {
        let row = to.first + head * to.stride;
        if (column < 8u) {
          partial_out[row * HEAD_DIM + 8u * lane + column] = total[head];
        } else if (lane == 0u) {
          extent[row] = vec2<f32>(largest[head], total[head]);
        }
      }
    }
  }
}

// Selected, not indexed: an index that is not constant would move the matrices out of registers.
fn column_of(sums: Sums, column: u32) -> vec4<f32> {
  let low = sums.low;
  let high = sums.high;
  let first_half = select(select(low[0], low[1], column == 1u), select(low[2], low[3], column == 3u), column >= 2u);
  let second_half = select(select(high[0], high[1], column == 5u), select(high[2], high[3], column == 7u), column >= 6u);
  return select(select(first_half, second_half, column >= 4u), sums.p, column == 8u);
}
