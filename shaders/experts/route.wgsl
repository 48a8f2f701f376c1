// routes[t] = the N_USED experts of the largest logits, with softmax over those; shared[t] *=
// sigmoid(gate[t]).
//
//   logits   f32 [n_tokens, row_stride]: N_EXPERTS of the router, then the gate of the shared expert
//   routes   Route [n_tokens, N_USED], the likeliest first; of equal logits the lower number
//   shared_inner f32 [n_tokens, shared_width]: the shared expert between its two halves
//
// Softmax over all experts, divided by the sum over the chosen ones, is softmax over the chosen ones. A
// workgroup has a token: N_USED rounds, each finds the largest that is left. Down is linear, so the factor of
// an expert goes onto its input. Shazeer et al. 2017, arXiv:1701.06538.

struct Params {
  row_stride: u32,
  shared_width: u32,
  has_shared_gate: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read_write> routes: array<Route>;
@group(0) @binding(3) var<storage, read_write> shared_inner: array<f32>;

const WORKGROUP_SIZE = 64u;
const LOWEST = -3.4e38;

var<workgroup> left: array<f32, N_EXPERTS>;
var<workgroup> lane_best: array<f32, WORKGROUP_SIZE>;
var<workgroup> lane_expert: array<u32, WORKGROUP_SIZE>;
var<workgroup> chosen_logits: array<f32, N_USED>;
var<workgroup> chosen: array<u32, N_USED>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let token = workgroup.x;
  let row = token * params.row_stride;
  for (var e = lane; e < N_EXPERTS; e += WORKGROUP_SIZE) { left[e] = logits[row + e]; }

  for (var round = 0u; round < N_USED; round++) {
    var best = LOWEST;
    var expert = min(lane, N_EXPERTS - 1u);
    // A lane reads and clears only its own experts.
    for (var e = lane; e < N_EXPERTS; e += WORKGROUP_SIZE) {
      if (left[e] > best) {
        best = left[e];
        expert = e;
      }
    }
    lane_best[lane] = best;
    lane_expert[lane] = expert;
    workgroupBarrier();
    if (lane == 0u) {
      for (var other = 1u; other < WORKGROUP_SIZE; other++) {
        let is_lower = lane_best[other] == best && lane_expert[other] < expert;
        if (lane_best[other] > best || is_lower) {
          best = lane_best[other];
          expert = lane_expert[other];
        }
      }
      chosen_logits[round] = best;
      chosen[round] = expert;
    }
    workgroupBarrier();
    let taken = chosen[round];
    if (taken % WORKGROUP_SIZE == lane) { left[taken] = LOWEST; }
  }

  var sum = 0.0;
  for (var i = 0u; i < N_USED; i++) { sum += exp(chosen_logits[i] - chosen_logits[0]); }
  if (lane < N_USED) {
    let weight = exp(chosen_logits[lane] - chosen_logits[0]) / sum;
    routes[token * N_USED + lane] = Route(chosen[lane], weight);
  }
  if (params.has_shared_gate == 1u) {
    let factor = sigmoid(logits[row + N_EXPERTS]);
    for (var i = lane; i < params.shared_width; i += WORKGROUP_SIZE) {
      shared_inner[token * params.shared_width + i] *= factor;
    }
  }
}
