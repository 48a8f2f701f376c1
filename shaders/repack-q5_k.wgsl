// Q5_K, 176 bytes per 256 weights: d, dmin f16, scales[12], high bits[32], nibbles[128]
//   ->  codes (1 vec4 per span), records (1 vec4 per block), high bits (1 word per span).
//
// The high bit of code l of span s is bit s of byte l. One invocation takes one block. Planes: lib/weight-q5_k.wgsl.

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
  repack_k(start, start + 48u, to_block * 32u, params.n_spans * 4u + to_block * 4u);

  let high_bits = params.n_spans * 4u + params.n_spans / 2u + to_block * 8u;
  for (var span = 0u; span < 8u; span++) {
    var bits = 0u;
    for (var j = 0u; j < 4u; j++) {
      let bytes = start + 16u + 8u * j;
      bits |= ((raw_word(bytes) >> span) & 0x01010101u) << j;
      bits |= ((raw_word(bytes + 4u) >> span) & 0x01010101u) << (j + 4u);
    }
    planes[high_bits + span] = bits;
  }
}
