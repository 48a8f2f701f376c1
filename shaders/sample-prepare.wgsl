// Applies the penalties to the logits in place and finds the best of each block of BLOCK. Where no filter has
// anything to cut, the best are those of l / temperature + Gumbel noise, and the best of them all is the
// draw: in proportion to softmax(l / temperature), with no second look at the logits.
//
//   l <- l > 0 ? l / repetition : l * repetition    for every id of the prompt or the answer so far
//   l <- l - presence                               for every id of the answer so far
//
//   logits      f32 [vocab_size], in place
//   seen        u32 [vocab_size], flags
//   block_best  u32 [n_blocks, (order key of the score, id)]; of equal ones the lower id
//
// One workgroup per block. Keskar et al. 2019, arXiv:1909.05858, for the repetition penalty; Maddison et al.
// 2014, arXiv:1411.0030, for Gumbel-max.

const LANES = 64u;

struct Params { vocab_size: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> sampling: Sampling;
@group(0) @binding(3) var<storage, read> seen: array<u32>;
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;
@group(0) @binding(5) var<storage, read_write> block_best: array<vec2<u32>>;

var<workgroup> best_keys: array<u32, LANES>;
var<workgroup> best_ids: array<u32, LANES>;

// -log(-log(u)), u uniform in (0, 1), of this id in this step. What is drawn has u next to 1, so it is v = 1
// - u that has all 32 bits, and a series stands for log next to 1, where WGSL promises no more than 2^-21.
fn gumbel_noise(id: u32) -> f32 {
  let v = (f32(pcg(id + step_bits())) + 0.5) / 4294967296.0;
  let series = v * (1.0 + v * (0.5 + v * (1.0 / 3.0 + v * 0.25)));
  return -log(select(-log(1.0 - min(v, 0.9999999)), series, v < 0.02));
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) block: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let is_drawing = is_unfiltered(params.vocab_size);
  var best_key = 0u;
  var best_id = params.vocab_size;
  for (var i = lane; i < BLOCK; i += LANES) {
    let id = block.x * BLOCK + i;
    if (id < params.vocab_size) {
      let flags = seen[id];
      var logit = logits[id];
      if ((flags & SEEN) != 0u) {
        logit = select(logit * sampling.repetition_penalty, logit / sampling.repetition_penalty, logit > 0.0);
      }
      if ((flags & GENERATED) != 0u) { logit -= sampling.presence_penalty; }
      logits[id] = logit;
      var score = logit;
      if (is_drawing) { score = logit / sampling.temperature + gumbel_noise(id); }
      let key = order_key(score);
      if (key > best_key || best_id == params.vocab_size) {
        best_key = key;
        best_id = id;
      }
    }
  }
  best_keys[lane] = best_key;
  best_ids[lane] = best_id;
  workgroupBarrier();

  if (lane == 0u) {
    for (var i = 1u; i < LANES; i++) {
      let key = best_keys[i];
      let id = best_ids[i];
      if (key > best_key || (key == best_key && id < best_id)) {
        best_key = key;
        best_id = id;
      }
    }
    block_best[block.x] = vec2<u32>(best_key, best_id);
  }
}
