// One invocation takes two blocks, whose f16 scales d share a word. The format's file has
//
//   D_BYTE                          where d is in the block
//   d_plane()                       the first word of the plane of d
//   repack_block(start, to_block)   all but d, from the block at byte `start` of raw to block `to_block` of the piece

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = invocation_of(workgroup, workgroups, lane) * 2u;
  if (first >= params.n_blocks) {
    return;
  }
  var d_word = 0u;
  for (var block = first; block < min(first + 2u, params.n_blocks); block++) {
    let start = block * BLOCK_BYTES;
    repack_block(start, params.first_block + block);
    d_word |= raw_half(start + D_BYTE) << ((block & 1u) * 16u);
  }
  planes[d_plane() + ((params.first_block + first) >> 1u)] = d_word;
}
