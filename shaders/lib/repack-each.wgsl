// One invocation takes one block. The format's file has
//
//   repack_block(start, to_block)   from the block at byte `start` of raw to block `to_block` of the piece

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let block = invocation_of(workgroup, workgroups, lane);
  if (block < params.n_blocks) {
    repack_block(block * BLOCK_BYTES, params.first_block + block);
  }
}
