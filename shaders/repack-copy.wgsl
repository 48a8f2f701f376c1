// F32, F16, BF16: the planes are the file's bytes. One invocation copies one span of 32 weights.

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let span = invocation_of(workgroup, workgroups, lane);
  if (span >= params.n_blocks) {
    return;
  }
  let words = BLOCK_BYTES / 4u;
  for (var i = 0u; i < words; i++) {
    planes[(params.first_block + span) * words + i] = raw[span * words + i];
  }
}
