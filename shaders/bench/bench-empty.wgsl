// A kernel that does next to nothing, to measure the cost of a dispatch. Each depends on the one before, as a
// model's do.

struct Params { unused: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> counter: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) { counter[lane] += 1u + params.unused; }
