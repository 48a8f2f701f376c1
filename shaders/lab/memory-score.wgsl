// Scores what was read against what was stored. For the answer v of each query:
//
//   scores = (o . v, o . o, v . v, number of other candidates u with o . u > o . v)
//
//   o           vec4 f32 [n_heads, n_queries, value_dim / 4]; head h belongs to trial h % n_trials
//   values      vec4 f32 [n_trials, row_stride, value_dim / 4]; the answer of query i is row first_answer + i
//   scores      vec4 f32 [n_heads, n_queries]
//
// Candidates are the rows [first_candidate, first_candidate + n_candidates). One lane per query.

struct Params {
  n_trials: u32,
  value_dim: u32,
  row_stride: u32,
  n_queries: u32,
  first_answer: u32,
  first_candidate: u32,
  n_candidates: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> o: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> values: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> scores: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let query = group.x * 64u + lane;
  let head = group.y;
  if (query >= params.n_queries) { return; }

  let vecs = params.value_dim / 4u;
  let first_row = (head % params.n_trials) * params.row_stride;
  let answer = params.first_answer + query;
  let o_at = (head * params.n_queries + query) * vecs;

  var ov = 0.0;
  var oo = 0.0;
  var vv = 0.0;
  for (var i = 0u; i < vecs; i++) {
    let read = o[o_at + i];
    let v = values[(first_row + answer) * vecs + i];
    ov += dot(read, v);
    oo += dot(read, read);
    vv += dot(v, v);
  }

  var nearer = 0.0;
  for (var c = params.first_candidate; c < params.first_candidate + params.n_candidates; c++) {
    var ou = 0.0;
    for (var i = 0u; i < vecs; i++) { ou += dot(o[o_at + i], values[(first_row + c) * vecs + i]); }
    if (c != answer && ou > ov) { nearer += 1.0; }
  }
  scores[head * params.n_queries + query] = vec4<f32>(ov, oo, vv, nearer);
}
