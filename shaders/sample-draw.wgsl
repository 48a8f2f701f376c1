// Draws the next token and moves the step on. Order of the filters, on the penalized logits l:
//
//   1. top-k   keep l >= the k-th largest (equal ones are all kept)
//   2. top-p   of softmax(l / temperature) over those: the smallest set of the most probable whose mass
//              reaches top_p (equal ones at the cut are all kept)
//   3. min-p   keep probability >= min_p * the largest
//   4. draw from what is left, in proportion; temperature 0 takes the largest, of equal ones the lowest id
//
//   logits      f32 [vocab_size], penalized
//   block_best  u32 [n_blocks, (order key, id)] of blocks of BLOCK, as sample-prepare.wgsl leaves them
//   step, tokens[0], seen  are moved on: the drawn id is the next step's input
//
// One workgroup. lib/sample/select.wgsl finds the k-th largest; what is at least that is gathered and cut in
// workgroup memory. With more candidates than fit there, the cut of top-p is a threshold found by a histogram
// over all logits. Lanes own fixed logits and sums have a fixed order: the same seed gives the same token.
// Where nothing is cut, sample-prepare.wgsl has drawn already. Nucleus sampling: Holtzman et al. 2019,
// arXiv:1904.09751. min-p: Nguyen et al. 2024, arXiv:2407.01082.

// 12 bytes each; all of it takes 15,460 of the 16,384 that every device has for a workgroup
const MAX_CANDIDATES = 256u;
const MASS_DIGITS = 16u; // 8 digits of 4 bits make a key

// HALT_STOP_TOKEN, HALT_LENGTH, HALT_CONTEXT_FULL and HALT_NO_NUMBERS (no logit is one: nothing was drawn)
// are the host's.

struct Params { vocab_size: u32, n_blocks: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> sampling: Sampling;
@group(0) @binding(2) var<storage, read> logits: array<f32>;
@group(0) @binding(3) var<storage, read> block_best: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read_write> step: Step;
@group(0) @binding(5) var<storage, read_write> tokens: array<u32>;
@group(0) @binding(6) var<storage, read_write> seen: array<u32>;

var<workgroup> candidate_ids: array<u32, MAX_CANDIDATES>;
var<workgroup> candidate_weights: array<f32, MAX_CANDIDATES>;
var<workgroup> kept_weights: array<f32, MAX_CANDIDATES>;
var<workgroup> n_candidates: u32;
var<workgroup> masses: array<f32, LANES>;
var<workgroup> digit_masses: array<f32, MASS_DIGITS * LANES>;
var<workgroup> best: vec2<u32>;
var<workgroup> drawn: u32;
var<workgroup> halted: u32;

fn weight_of(logit: f32, best_logit: f32) -> f32 { return exp((logit - best_logit) / sampling.temperature); }

// Uniform in [0, 1) from the seed and the number of tokens drawn before.
fn uniform_draw() -> f32 { return f32(step_bits() >> 8u) / 16777216.0; }

@compute @workgroup_size(LANES)
fn main(@builtin(local_invocation_index) lane: u32) {
  if (lane == 0u) {
    halted = step.halt;
    best = block_best[0];
    for (var b = 1u; b < params.n_blocks; b++) {
      if (block_best[b].x > best.x) { best = block_best[b]; }
    }
    drawn = best.y;
    if (halted == 0u && best.x == 0u) {
      halted = HALT_NO_NUMBERS;
      step.halt = halted;
    }
  }
  if (workgroupUniformLoad(&halted) != 0u) { return; }

  if (sampling.temperature > 0.0 && !is_unfiltered(params.vocab_size)) {
    let best_logit = logits[workgroupUniformLoad(&best).y];
    let is_top_k = cuts_top_k(params.vocab_size);
    var threshold = 1u;
    list_blocks(select(0u, sampling.top_k, is_top_k), lane);
    if (is_top_k) { threshold = max(1u, kth_largest(sampling.top_k, lane)); }
    if (sampling.top_p >= 1.0) { threshold = max(threshold, min_p_threshold(best_logit)); } // fewer to gather
    gather(threshold, best_logit, lane);
    if (workgroupUniformLoad(&n_candidates) <= MAX_CANDIDATES) {
      draw_from_candidates(lane);
    } else {
      draw_from_all(threshold, best_logit, lane);
    }
  }

  if (lane == 0u) { move_on(); }
}

// Collects the listed logits of at least the threshold, if they are not too many: lane by lane, each in
// order.
fn gather(threshold: u32, best_logit: f32, lane: u32) {
  counts[lane] = lane_count(threshold, lane);
  workgroupBarrier();
  var at = 0u;
  var all = 0u;
  for (var i = 0u; i < LANES; i++) {
    if (i == lane) { at = all; }
    all += counts[i];
  }
  if (lane == 0u) { n_candidates = all; }
  if (all <= MAX_CANDIDATES) {
    for (var b = 0u; b < n_listed; b++) {
      for (var i = lane; i < BLOCK; i += LANES) {
        let id = listed_block(b) * BLOCK + i;
        if (key_of(id) >= threshold) {
          candidate_ids[at] = id;
          candidate_weights[at] = weight_of(logits[id], best_logit);
          at++;
        }
      }
    }
  }
  workgroupBarrier();
}

fn draw_from_candidates(lane: u32) {
  var sum = 0.0;
  for (var i = 0u; i < n_candidates; i++) { sum += candidate_weights[i]; }
  for (var c = lane; c < n_candidates; c += LANES) {
    let own = candidate_weights[c];
    var above = 0.0; // mass of the more probable: top-p keeps a candidate while it is not reached
    for (var i = 0u; i < n_candidates; i++) {
      let other = candidate_weights[i];
      if (other > own) { above += other; }
    }
    let is_kept = (above < sampling.top_p * sum || own == 1.0) && own >= sampling.min_p;
    kept_weights[c] = select(0.0, own, is_kept);
  }
  workgroupBarrier();

  if (lane == 0u) {
    var kept = 0.0;
    for (var i = 0u; i < n_candidates; i++) { kept += kept_weights[i]; }
    let target_mass = uniform_draw() * kept;
    var mass = 0.0;
    for (var i = 0u; i < n_candidates; i++) {
      mass += kept_weights[i];
      if (mass > target_mass) {
        drawn = candidate_ids[i];
        break;
      }
    }
  }
}

// The lowest order key that min-p keeps; the best is always kept.
fn min_p_threshold(best_logit: f32) -> u32 {
  if (sampling.min_p <= 0.0) { return 0u; }
  return order_key(min(best_logit + log(sampling.min_p) * sampling.temperature, best_logit));
}

fn draw_from_all(top_k_threshold: u32, best_logit: f32, lane: u32) {
  var threshold = top_k_threshold;
  if (sampling.top_p < 1.0) {
    let wanted = sampling.top_p * total_mass(lane_mass(threshold, best_logit, lane), lane);
    let best_key = workgroupUniformLoad(&best).x; // kept always, with its equals
    threshold = max(threshold, min(mass_threshold(wanted, threshold, best_logit, lane), best_key));
  }
  threshold = max(threshold, min_p_threshold(best_logit));

  // Lanes in order, each walks its own share in order.
  let own = lane_mass(threshold, best_logit, lane);
  let sum = total_mass(own, lane);
  var before = 0.0;
  for (var i = 0u; i < lane; i++) { before += masses[i]; }
  let target_mass = uniform_draw() * sum;
  if (own > 0.0 && target_mass >= before && target_mass < before + own) {
    drawn = walk(threshold, best_logit, lane, target_mass - before);
  }
  workgroupBarrier();
}

// The highest order key of which the listed logits at or above it have the wanted mass: digit by digit from
// the top, by a histogram of the masses of the keys that share the digits found so far. Each lane has a
// histogram of its own, and they are added up in order: f32 sums do not depend on who comes first.
fn mass_threshold(wanted: f32, least: u32, best_logit: f32, lane: u32) -> u32 {
  var known = 0u;      // the digits found so far
  var known_mask = 0u; // and where they stand
  var above = 0.0;     // mass of the keys past those that share them
  for (var pass_index = 0u; pass_index < 8u; pass_index++) {
    let shift = 28u - 4u * pass_index;
    for (var digit = 0u; digit < MASS_DIGITS; digit++) { digit_masses[digit * LANES + lane] = 0.0; }
    for (var b = 0u; b < n_listed; b++) {
      for (var i = lane; i < BLOCK; i += LANES) {
        let id = listed_block(b) * BLOCK + i;
        let key = key_of(id);
        if (key >= least && (key & known_mask) == known) {
          digit_masses[((key >> shift) & 15u) * LANES + lane] += weight_of(logits[id], best_logit);
        }
      }
    }
    workgroupBarrier();
    if (lane < MASS_DIGITS) {
      var sum = 0.0;
      for (var i = 0u; i < LANES; i++) { sum += digit_masses[lane * LANES + i]; }
      masses[lane] = sum;
    }
    workgroupBarrier();
    // Every lane walks the same sums. The lowest digit takes what rounding leaves.
    var digit = MASS_DIGITS - 1u;
    while (digit > 0u && above + masses[digit] < wanted) {
      above += masses[digit];
      digit--;
    }
    known |= digit << shift;
    known_mask |= 15u << shift;
    workgroupBarrier(); // before the sums are written again
  }
  return known;
}

// Mass, relative to the best, of this lane's listed logits of at least the threshold.
fn lane_mass(threshold: u32, best_logit: f32, lane: u32) -> f32 {
  var mass = 0.0;
  for (var b = 0u; b < n_listed; b++) {
    for (var i = lane; i < BLOCK; i += LANES) {
      let id = listed_block(b) * BLOCK + i;
      if (key_of(id) >= threshold) { mass += weight_of(logits[id], best_logit); }
    }
  }
  return mass;
}

fn total_mass(part: f32, lane: u32) -> f32 {
  workgroupBarrier(); // the sums before are still being read
  masses[lane] = part;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < LANES; i++) { sum += masses[i]; }
  return sum;
}

fn walk(threshold: u32, best_logit: f32, lane: u32, target_mass: f32) -> u32 {
  var mass = 0.0;
  var last = best.y;
  for (var b = 0u; b < n_listed; b++) {
    for (var i = lane; i < BLOCK; i += LANES) {
      let id = listed_block(b) * BLOCK + i;
      if (key_of(id) >= threshold) {
        mass += weight_of(logits[id], best_logit);
        last = id;
        if (mass > target_mass) { return id; }
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
