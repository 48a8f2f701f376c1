// Q8_0, 34 bytes per 32 weights: d f16, int8[32]  ->  codes (2 vec4 per span), d (f16, 8 to a vec4).
//
// One invocation takes two blocks, whose d share a word. Planes: lib/weight-q8_0.wgsl.

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let pair = invocation_of(workgroup, workgroups, lane);
  let end = min(pair * 2u + 2u, params.n_blocks);
  var d_words = 0u;
  for (var block = pair * 2u; block < end; block++) {
    let start = block * BLOCK_BYTES;
    d_words |= raw_half(start) << ((block & 1u) * 16u);
    let codes = (params.first_block + block) * 8u;
    for (var j = 0u; j < 8u; j++) {
      planes[codes + j] = raw_word(start + 2u + 4u * j);
    }
  }
  if (pair * 2u < params.n_blocks) {
    planes[params.n_spans * 8u + (params.first_block >> 1u) + pair] = d_words;
  }
}
