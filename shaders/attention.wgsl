// softmax(q K^T) V over one split of the cache, for the GROUP query heads that share a kv head, of one token
//
//   q             f32 [n_tokens, n_kv_heads, GROUP, HEAD_DIM], rotated and scaled
//   keys, values  u32 [n_kv_heads, capacity, HEAD_DIM / 2], two halves in one; read as vec4s
//   partial       f32 [n_tokens, n_kv_heads * GROUP, n_splits, HEAD_DIM]: sum of exp(s - m) v, not yet divided
//   extent        (m, l) f32 [n_tokens, n_kv_heads * GROUP, n_splits]: largest score and sum of exp(s - m)
//
// One workgroup per split, kv head and token. Token t sees kv_length + t + 1 positions; each split takes an equal share of
// them in whole tiles, so no grid depends on the length. Per tile of 64 positions: a lane scores one position for all
// heads; then a lane sums its dims of the values over the positions. An empty split has m = LOWEST and l = 0.
// Online softmax: Milakov & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135.

const LANES = 64u;
const TILE = 64u;
const PAIRS = HEAD_DIM / 2u;
const PAIRS_PER_LANE = (PAIRS + LANES - 1u) / LANES;
const VECS = HEAD_DIM / 8u; // vec4s of eight halves
const LOWEST = -3.0e38;

struct Params { n_kv_heads: u32, n_splits: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> keys: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read> values: array<u32>;
@group(0) @binding(5) var<storage, read_write> partial_out: array<vec2<f32>>;
@group(0) @binding(6) var<storage, read_write> extent: array<vec2<f32>>;

var<workgroup> queries: array<vec4<f32>, GROUP * HEAD_DIM / 4u>;
// Scalars, not vec4s: a write to one component of a vector may touch all of it.
var<workgroup> scores: array<f32, GROUP * TILE>;
var<workgroup> probabilities: array<f32, GROUP * TILE>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let split = group.x;
  let kv_head = group.y;
  let token = group.z;
  if (token >= step.n_tokens || step.halt != 0u) { return; }

  let length = step.kv_length + token + 1u;
  let n_tiles = (length + TILE - 1u) / TILE;
  let tiles_per_split = (n_tiles + params.n_splits - 1u) / params.n_splits;
  let first = split * tiles_per_split * TILE;
  let end = min(length, first + tiles_per_split * TILE);

  let first_head = (token * params.n_kv_heads + kv_head) * GROUP;
  for (var i = lane; i < GROUP * HEAD_DIM / 4u; i += LANES) { queries[i] = q[first_head * (HEAD_DIM / 4u) + i]; }
  workgroupBarrier();

  var largest = array<f32, GROUP>();
  var sum = array<f32, GROUP>();
  var out = array<vec2<f32>, GROUP * PAIRS_PER_LANE>();
  for (var g = 0u; g < GROUP; g++) { largest[g] = LOWEST; }

  let cache_row = kv_head * step.capacity;
  for (var tile = first; tile < end; tile += TILE) {
    let at_key = tile + lane;
    var score = array<f32, GROUP>();
    if (at_key < end) {
      let key_at = (cache_row + at_key) * VECS;
      for (var i = 0u; i < VECS; i++) {
        let packed = keys[key_at + i];
        let low = vec4<f32>(unpack2x16float(packed.x), unpack2x16float(packed.y));
        let high = vec4<f32>(unpack2x16float(packed.z), unpack2x16float(packed.w));
        for (var g = 0u; g < GROUP; g++) {
          let at = g * (HEAD_DIM / 4u) + 2u * i;
          score[g] += dot(queries[at], low) + dot(queries[at + 1u], high);
        }
      }
    } else {
      for (var g = 0u; g < GROUP; g++) { score[g] = LOWEST; }
    }
    for (var g = 0u; g < GROUP; g++) { scores[g * TILE + lane] = score[g]; }
    workgroupBarrier();

    let n_keys = min(TILE, end - tile);
    for (var g = 0u; g < GROUP; g++) {
      let before = largest[g];
      for (var i = 0u; i < n_keys; i++) { largest[g] = max(largest[g], scores[g * TILE + i]); }
      let kept = exp(before - largest[g]);
      sum[g] *= kept;
      for (var p = 0u; p < PAIRS_PER_LANE; p++) { out[g * PAIRS_PER_LANE + p] *= kept; }
      probabilities[g * TILE + lane] = exp(score[g] - largest[g]);
    }
    workgroupBarrier(); // the next tile writes scores after this one, probabilities after its own first

    for (var i = 0u; i < n_keys; i++) {
      for (var g = 0u; g < GROUP; g++) { sum[g] += probabilities[g * TILE + i]; }
      for (var p = 0u; p < PAIRS_PER_LANE; p++) {
        let pair = lane + p * LANES;
        if (pair < PAIRS) {
          let value = unpack2x16float(values[(cache_row + tile + i) * PAIRS + pair]);
          for (var g = 0u; g < GROUP; g++) { out[g * PAIRS_PER_LANE + p] += probabilities[g * TILE + i] * value; }
        }
      }
    }
  }

  for (var g = 0u; g < GROUP; g++) {
    let at = (first_head + g) * params.n_splits + split;
    for (var p = 0u; p < PAIRS_PER_LANE; p++) {
      let pair = lane + p * LANES;
      if (pair < PAIRS) { partial_out[at * PAIRS + pair] = out[g * PAIRS_PER_LANE + p]; }
    }
    if (lane == 0u) { extent[at] = vec2<f32>(largest[g], sum[g]); }
  }
}
