// The k-th largest of the logits, exactly, without sorting and without reading most of them. For
// sample-draw.wgsl.
//
// Only blocks that can hold one of the k largest are listed: those whose best is beaten by fewer than k
// blocks' bests. Then a radix selection on the order keys, 8 bits a pass: a histogram of the keys that share
// the digits found so far, in workgroup memory; its counts are whole numbers, so that atomics do not make the
// result depend on their order.

const LANES = 128u;
const MAX_LISTED = 256u; // blocks the list holds, 262,144 logits; of more all are looked at
const DIGITS = 256u;
const GROUPS = 16u; // of 16 digits each

var<workgroup> counts: array<u32, LANES>;
var<workgroup> listed: array<u32, MAX_LISTED>;
var<workgroup> is_listed: array<u32, MAX_LISTED>;
var<workgroup> n_listed: u32;
var<workgroup> lists_all: u32;
var<workgroup> histogram: array<atomic<u32>, DIGITS>;
var<workgroup> group_counts: array<u32, GROUPS>;
var<workgroup> found: vec2<u32>; // the digit, and how many of the k are left among the keys that have it

// 0 for ids past the end and for NaN: below every threshold.
fn key_of(id: u32) -> u32 {
  if (id >= params.vocab_size) { return 0u; }
  return order_key(logits[id]);
}

fn listed_block(i: u32) -> u32 {
  if (lists_all != 0u) { return i; }
  return listed[i];
}

// Lists the blocks that matter for the k largest; k = 0: all.
fn list_blocks(k: u32, lane: u32) {
  if (lane == 0u) {
    n_listed = params.n_blocks;
    lists_all = 1u;
  }
  if (k == 0u || params.n_blocks > MAX_LISTED) {
    workgroupBarrier();
    return;
  }
  for (var b = lane; b < params.n_blocks; b += LANES) {
    let own = block_best[b].x;
    var n_better = 0u;
    for (var i = 0u; i < params.n_blocks; i++) { n_better += select(0u, 1u, block_best[i].x > own); }
    is_listed[b] = select(0u, 1u, n_better < k);
  }
  workgroupBarrier();
  for (var b = lane; b < params.n_blocks; b += LANES) {
    var at = 0u;
    for (var i = 0u; i < b; i++) { at += is_listed[i]; }
    if (is_listed[b] != 0u) { listed[at] = b; }
    if (b == params.n_blocks - 1u) {
      n_listed = at + is_listed[b];
      lists_all = 0u;
    }
  }
  workgroupBarrier();
}

// Counts this lane's listed logits whose key is at least the threshold.
fn lane_count(threshold: u32, lane: u32) -> u32 {
  var count = 0u;
  for (var b = 0u; b < n_listed; b++) {
    for (var i = lane; i < BLOCK; i += LANES) {
      count += select(0u, 1u, key_of(listed_block(b) * BLOCK + i) >= threshold);
    }
  }
  return count;
}

// The order key of the k-th largest listed logit; a low one where there are fewer than k.
fn kth_largest(k: u32, lane: u32) -> u32 {
  var known = 0u;      // the digits found so far
  var known_mask = 0u; // and where they stand
  var left = k;
  for (var pass_index = 0u; pass_index < 4u; pass_index++) {
    let shift = 24u - 8u * pass_index;
    for (var digit = lane; digit < DIGITS; digit += LANES) { atomicStore(&histogram[digit], 0u); }
    workgroupBarrier();
    for (var b = 0u; b < n_listed; b++) {
      for (var i = lane; i < BLOCK; i += LANES) {
        let key = key_of(listed_block(b) * BLOCK + i);
        if (key > 0u && (key & known_mask) == known) { atomicAdd(&histogram[(key >> shift) & 255u], 1u); }
      }
    }
    workgroupBarrier();
    if (lane < GROUPS) {
      var sum = 0u;
      for (var i = 0u; i < DIGITS / GROUPS; i++) { sum += atomicLoad(&histogram[lane * (DIGITS / GROUPS) + i]); }
      group_counts[lane] = sum;
    }
    workgroupBarrier();
    if (lane == 0u) { found = digit_of(left); }
    let digit_and_left = workgroupUniformLoad(&found);
    known |= digit_and_left.x << shift;
    known_mask |= 255u << shift;
    left = digit_and_left.y;
  }
  return known;
}

// Walks the histogram from the top until `left` keys are passed.
fn digit_of(left: u32) -> vec2<u32> {
  var rest = left;
  var group = GROUPS - 1u;
  while (group > 0u && group_counts[group] < rest) {
    rest -= group_counts[group];
    group--;
  }
  let first = group * (DIGITS / GROUPS);
  var digit = first + DIGITS / GROUPS - 1u;
  while (digit > first && atomicLoad(&histogram[digit]) < rest) {
    rest -= atomicLoad(&histogram[digit]);
    digit--;
  }
  return vec2<u32>(digit, rest);
}
