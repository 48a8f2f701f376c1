// Q4_K, 144 bytes per 256 weights: d, dmin f16, scales[12], nibbles[128]  ->  codes (1 vec4 per span), records (1 vec4 per block).
//
// One invocation takes one block. Planes: lib/weight-q4_k.wgsl.

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let block = invocation_of(workgroup, workgroups, lane);
  if (block >= params.n_blocks) {
    return;
  }
  let start = block * BLOCK_BYTES;
  let to_block = params.first_block + block;
  repack_k(start, start + 16u, to_block * 32u, params.n_spans * 4u + to_block * 4u);
}
