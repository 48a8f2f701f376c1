// Draws the next token and moves the step on. Order of the filters, on the penalized logits l:
//
//   1. top-k   keep l >= the k-th largest (equal ones are all kept)
//   2. top-p   of softmax(l / temperature) over those: the smallest set of the most probable whose mass reaches top_p
//              (equal ones at the cut are all kept)
//   3. min-p   keep probability >= min_p * the largest
//   4. draw from what is left, in proportion; temperature 0 takes the largest, of equal ones the lowest id
//
//   logits      f32 [vocab_size], penalized
//   block_best  u32 [n_blocks, (order key, id)] of blocks of 1024
//   step, tokens[0], seen  are moved on: the drawn id is the next step's input
//
// One workgroup. A cut is a threshold on the order key, found by bisection: count and mass above a threshold are sums
// over the lanes. With 0 < top_k <= n_blocks only blocks that can hold one of the k largest are looked at: those whose
// best is at least the k-th best of all blocks. No atomics: the same seed gives the same token.
// Nucleus sampling: Holtzman et al. 2019, arXiv:1904.09751. min-p: Nguyen et al. 2024, arXiv:2407.01082.

const LANES = 128u;
const GROUPS = 16u;
const GROUP_LANES = LANES / GROUPS;
const BLOCK = 1024u;
const MAX_LISTED = 256u; // blocks the short list holds; more are all looked at

const HALT_STOP_TOKEN = 1u;
const HALT_LENGTH = 2u;
const HALT_CONTEXT_FULL = 3u;

struct Params { vocab_size: u32, n_blocks: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> sampling: Sampling;
@group(0) @binding(2) var<storage, read> logits: array<f32>;
@group(0) @binding(3) var<storage, read> block_best: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read_write> step: Step;
@group(0) @binding(5) var<storage, read_write> tokens: array<u32>;
@group(0) @binding(6) var<storage, read_write> seen: array<u32>;

var<workgroup> counts: array<u32, LANES>;
var<workgroup> masses: array<f32, LANES>;
var<workgroup> group_counts: array<u32, GROUPS>;
var<workgroup> group_masses: array<f32, GROUPS>;
var<workgroup> listed: array<u32, MAX_LISTED>;
var<workgroup> n_listed: u32;
var<workgroup> all_blocks: u32;
var<workgroup> best: vec2<u32>;
var<workgroup> drawn: u32;
var<workgroup> halted: u32;

struct Above { count: u32, mass: f32 }

// Sums what each lane found, in two steps; the same in every lane.
fn total(part: Above, lane: u32) -> Above {
  counts[lane] = part.count;
  masses[lane] = part.mass;
  workgroupBarrier();
  if (lane < GROUPS) {
    var group = Above(0u, 0.0);
    for (var i = lane * GROUP_LANES; i < (lane + 1u) * GROUP_LANES; i++) {
      group.count += counts[i];
      group.mass += masses[i];
    }
    group_counts[lane] = group.count;
    group_masses[lane] = group.mass;
  }
  workgroupBarrier();
  var sum = Above(0u, 0.0);
  for (var i = 0u; i < GROUPS; i++) {
    sum.count += group_counts[i];
    sum.mass += group_masses[i];
  }
  return sum; // the next call writes group sums behind its own first barrier
}

fn block_at(i: u32) -> u32 {
  if (all_blocks != 0u) { return i; }
  return listed[i];
}

fn weight_of(logit: f32, best_logit: f32) -> f32 { return exp((logit - best_logit) / sampling.temperature); }

// How many logits of this lane have a key of at least the threshold, and their mass relative to the best.
fn lane_above(threshold: u32, best_logit: f32, lane: u32) -> Above {
  var part = Above(0u, 0.0);
  for (var b = 0u; b < n_listed; b++) {
    let first = block_at(b) * BLOCK;
    for (var i = lane; i < BLOCK; i += LANES) {
      let id = first + i;
      if (id < params.vocab_size) {
        let logit = logits[id];
        let key = order_key(logit);
        if (key >= threshold && key > 0u) {
          part.count++;
          part.mass += weight_of(logit, best_logit);
        }
      }
    }
  }
  return part;
}

fn pcg(x: u32) -> u32 {
  let state = x * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

// Uniform in [0, 1) from the seed and the number of tokens drawn before. O'Neill 2014 (PCG), as a hash.
fn uniform_draw() -> f32 { return f32(pcg(step.n_generated + pcg(sampling.seed)) >> 8u) / 16777216.0; }

@compute @workgroup_size(LANES)
fn main(@builtin(local_invocation_index) lane: u32) {
  if (lane == 0u) {
    halted = step.halt;
    best = block_best[0];
    for (var b = 1u; b < params.n_blocks; b++) {
      if (block_best[b].x > best.x) { best = block_best[b]; }
    }
    drawn = best.y;
  }
  if (workgroupUniformLoad(&halted) != 0u) { return; }

  if (sampling.temperature > 0.0) {
    let best_logit = logits[workgroupUniformLoad(&best).y];
    list_blocks(lane);

    var threshold = 1u;
    if (sampling.top_k > 0u && sampling.top_k < params.vocab_size) {
      var low = 1u; // count at or above low is at least top_k, or low is 1
      var high = 0xffffffffu;
      for (var bit = 0u; bit < 32u; bit++) {
        let middle = low + (high - low) / 2u + ((high - low) & 1u);
        let above = total(lane_above(middle, best_logit, lane), lane);
        if (above.count >= sampling.top_k) { low = middle; } else { high = max(low, middle - 1u); }
      }
      threshold = low;
    }

    if (sampling.top_p < 1.0) {
      let wanted = sampling.top_p * total(lane_above(threshold, best_logit, lane), lane).mass;
      var low = threshold; // mass at or above low reaches what is wanted
      var high = workgroupUniformLoad(&best).x;
      for (var bit = 0u; bit < 32u; bit++) {
        let middle = low + (high - low) / 2u + ((high - low) & 1u);
        let above = total(lane_above(middle, best_logit, lane), lane);
        if (above.mass >= wanted) { low = middle; } else { high = max(low, middle - 1u); }
      }
      threshold = low;
    }

    if (sampling.min_p > 0.0) {
      let lowest = best_logit + log(sampling.min_p) * sampling.temperature;
      threshold = max(threshold, min(order_key(lowest), workgroupUniformLoad(&best).x));
    }

    // Draw: lanes in order, each walks its own share in order.
    let part = lane_above(threshold, best_logit, lane);
    masses[lane] = part.mass;
    workgroupBarrier();
    var before = 0.0;
    var sum = 0.0;
    for (var i = 0u; i < LANES; i++) {
      if (i == lane) { before = sum; }
      sum += masses[i];
    }
    let target_mass = uniform_draw() * sum;
    if (part.mass > 0.0 && target_mass >= before && target_mass < before + part.mass) {
      drawn = walk(threshold, best_logit, lane, target_mass - before);
    }
    workgroupBarrier();
  }

  if (lane == 0u) { move_on(); }
}

// The blocks to look at, and their number.
fn list_blocks(lane: u32) {
  if (lane == 0u) {
    n_listed = params.n_blocks;
    all_blocks = 1u;
  }
  workgroupBarrier();
  if (sampling.top_k == 0u || sampling.top_k > min(params.n_blocks, MAX_LISTED)) { return; }
  var low = 0u;
  var high = 0xffffffffu;
  for (var bit = 0u; bit < 32u; bit++) {
    let middle = low + (high - low) / 2u + ((high - low) & 1u);
    var part = Above(0u, 0.0);
    for (var b = lane; b < params.n_blocks; b += LANES) {
      if (block_best[b].x >= middle) { part.count++; }
    }
    let above = total(part, lane);
    if (above.count >= sampling.top_k) { low = middle; } else { high = max(low, middle - 1u); }
  }
  if (lane == 0u) {
    var n = 0u;
    for (var b = 0u; b < params.n_blocks; b++) {
      if (block_best[b].x >= low) {
        if (n < MAX_LISTED) { listed[n] = b; }
        n++;
      }
    }
    if (n <= MAX_LISTED) {
      n_listed = n;
      all_blocks = 0u;
    }
  }
  workgroupBarrier();
}

fn walk(threshold: u32, best_logit: f32, lane: u32, target_mass: f32) -> u32 {
  var mass = 0.0;
  var last = best.y;
  for (var b = 0u; b < n_listed; b++) {
    let first = block_at(b) * BLOCK;
    for (var i = lane; i < BLOCK; i += LANES) {
      let id = first + i;
      if (id < params.vocab_size) {
        let logit = logits[id];
        let key = order_key(logit);
        if (key >= threshold && key > 0u) {
          mass += weight_of(logit, best_logit);
          last = id;
          if (mass > target_mass) { return id; }
        }
      }
    }
  }
  return last;
}

fn move_on() {
  tokens[0] = drawn;
  seen[drawn] |= SEEN | GENERATED;
  step.token = drawn;
  step.position += step.n_tokens;
  step.kv_length += step.n_tokens;
  step.n_tokens = 1u;
  step.n_generated += 1u;
  for (var i = 0u; i < sampling.n_stop_ids; i++) {
    if (sampling.stop_ids[i] == drawn) {
      step.halt = HALT_STOP_TOKEN;
      return;
    }
  }
  if (step.n_generated >= sampling.max_new_tokens) {
    step.halt = HALT_LENGTH;
  } else if (step.kv_length >= step.capacity) {
    step.halt = HALT_CONTEXT_FULL;
  }
}
