// Q6_K, 210 bytes per 256 weights: nibbles[128], high pairs[64], scales int8[16], d f16
//   ->  codes (1 vec4 per span), high pairs (2 words per span), scales (1 vec4 per block), d (f16, 8 to a vec4).
//
// Span 4 n + g, code l: nibble g >> 1 of byte 64 n + 32 (g & 1) + l, pair g of byte 32 n + l of the high pairs.
// One invocation takes two blocks, whose d share a word. Planes: lib/weight-q6_k.wgsl.

fn repack_block(start: u32, to_block: u32) {
  let high_pairs = params.n_spans * 4u;
  let scales = high_pairs + params.n_spans * 2u;
  for (var span = 0u; span < 8u; span++) {
    let half = span >> 2u;
    let g = span & 3u;
    var first_pairs = 0u;
    var last_pairs = 0u;
    for (var j = 0u; j < 4u; j++) {
      let nibbles = start + 64u * half + 32u * (g & 1u) + 8u * j;
      let pairs = start + 128u + 32u * half + 8u * j;
      planes[(to_block * 8u + span) * 4u + j] =
        nibbles_of(raw_word(nibbles), raw_word(nibbles + 4u), 4u * (g >> 1u));
      first_pairs |= ((raw_word(pairs) >> (2u * g)) & 0x03030303u) << (2u * j);
      last_pairs |= ((raw_word(pairs + 4u) >> (2u * g)) & 0x03030303u) << (2u * j);
    }
    planes[high_pairs + (to_block * 8u + span) * 2u] = first_pairs;
    planes[high_pairs + (to_block * 8u + span) * 2u + 1u] = last_pairs;
  }
  for (var i = 0u; i < 4u; i++) {
    planes[scales + to_block * 4u + i] = raw_word(start + 192u + 4u * i);
  }
}

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
    repack_block(start, params.first_block + block);
    d_words |= raw_half(start + 208u) << ((block & 1u) * 16u);
  }
  if (pair * 2u < params.n_blocks) {
    let d_plane = params.n_spans * 6u + params.n_spans / 2u;
    planes[d_plane + (params.first_block >> 1u) + pair] = d_words;
  }
}
