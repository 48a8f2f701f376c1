// The values that change from one step to the next. Read-only to every kernel but the sampler, so that
// branches on it are uniform.
struct Step {
  position: u32,    // of the step's first token, for the rotation
  kv_length: u32,   // tokens in the KV cache before this step
  n_tokens: u32,    // tokens in this step
  halt: u32,        // not 0: an end was reached, and kernels that change state do nothing
  n_generated: u32, // tokens drawn since the prompt
  capacity: u32,    // tokens the context may hold; the answer ends there
  token: u32,       // drawn last
}
