// softmax(q K^T) V over one split of a segment of the cache, for the GROUP query heads that share a kv head, of one token
//
//   q             f32 [n_tokens, n_kv_heads, GROUP, HEAD_DIM], rotated and scaled
//   keys, values  [capacity, n_kv_heads, KV_ROW] units: tokens first_token … first_token + capacity - 1 of the sequence
//   partial       f32 [n_tokens, n_kv_heads * GROUP, n_all_splits, HEAD_DIM], of which this segment has n_splits from first_split
//   extent        (m, l) f32 [n_tokens, n_kv_heads * GROUP, n_all_splits]; what they hold says lib/attend.wgsl
//
// One workgroup per split, four query heads of a kv head, and token. Token t sees kv_length + t + 1 positions. An empty split has
// m = LOWEST and l = 0.

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
@group(0) @binding(2) var<storage, read> q: array<f32>;
@group(0) @binding(3) var<storage, read> keys: array<KvUnit>;
@group(0) @binding(4) var<storage, read> values: array<KvUnit>;
@group(0) @binding(5) var<storage, read_write> partial_out: array<f32>;
@group(0) @binding(6) var<storage, read_write> extent: array<vec2<f32>>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let split = group.x;
  let kv_head = group.y / GROUP_PARTS;
  let token = group.z;
  if (token >= step.n_tokens || step.halt != 0u) { return; }

  let head_in_group = group.y % GROUP_PARTS * HEADS;
  let n_heads = min(HEADS, GROUP - head_in_group);
  let first_head = (token * params.n_kv_heads + kv_head) * GROUP + head_in_group;
  let to = HeadRows(first_head * params.n_all_splits + params.first_split + split, params.n_all_splits, n_heads);
  let length = length_in_segment(step.kv_length + token + 1u, params.first_token, params.capacity);
  let over = stretch_of(split, params.n_splits, length);
  if (over.first >= length) {
    attend_nothing(to, lane);
    return;
  }

  // Rows past the last head are that one again, and not written at the end.
  let at = HEAD_DIM * (first_head + min(vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(n_heads - 1u)));
  for (var i = lane; i < HEAD_DIM; i += LANES) {
    queries[query_index(i)] = vec4<f32>(q[at.x + i], q[at.y + i], q[at.z + i], q[at.w + i]);
  }
  workgroupBarrier();
  attend(over, kv_head, params.n_kv_heads, to, lane);
}
