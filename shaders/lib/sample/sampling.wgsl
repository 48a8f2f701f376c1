// The settings of the draw, written once per answer.
struct Sampling {
  temperature: f32, // 0: greedy
  top_k: u32,       // 0: all
  top_p: f32,
  min_p: f32,
  presence_penalty: f32,
  repetition_penalty: f32,
  seed: u32,
  max_new_tokens: u32,
  n_stop_ids: u32,
  stop_ids: array<u32, 16>,
}

// `seen` has a word of flags per token id. The host gives SEEN (in the prompt or the answer: what the
// repetition penalty counts) and GENERATED (in this answer: what the presence penalty counts).

fn cuts_top_k(vocab_size: u32) -> bool { return sampling.top_k > 0u && sampling.top_k < vocab_size; }

// Every id can be drawn, in proportion: no filter has anything to cut.
fn is_unfiltered(vocab_size: u32) -> bool {
  return sampling.temperature > 0.0 && !cuts_top_k(vocab_size) && sampling.top_p >= 1.0 && sampling.min_p <= 0.0;
}

// O'Neill 2014 (PCG), as a hash.
fn pcg(x: u32) -> u32 {
  let state = x * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

// 32 random bits of this step of this seed.
fn step_bits() -> u32 { return pcg(step.n_generated + pcg(sampling.seed)); }

// Order-preserving map of f32 to u32; NaN goes to the bottom.
fn order_key(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0u; }
  return select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
}
