// Q6_K, 210 bytes per 256 weights: nibbles[128], high pairs[64], scales int8[16], d f16
//   ->  codes (1 vec4 per span), high pairs (2 words per span), scales (1 vec4 per block), d (f16, 8 to a vec4).
//
// Code l of span 4 n + g: nibble g >> 1 of byte 64 n + 32 (g & 1) + l.
// Blocks in pairs: lib/repack-pair.wgsl. Planes: lib/weight-q6_k.wgsl.
const D_BYTE = 208u;

fn d_plane() -> u32 {
  return params.n_spans * 6u + params.n_spans / 2u;
}

fn repack_block(start: u32, to_block: u32) {
  for (var span = 0u; span < 8u; span++) {
    for (var j = 0u; j < 4u; j++) {
      let nibbles = start + 64u * (span >> 2u) + 32u * (span & 1u) + 8u * j;
      planes[(to_block * 8u + span) * 4u + j] =
        nibbles_of(raw_word(nibbles), raw_word(nibbles + 4u), 4u * ((span >> 1u) & 1u));
    }
  }
  put_block_pairs(params.n_spans * 4u + to_block * 16u, start + 128u);
  for (var i = 0u; i < 4u; i++) {
    planes[params.n_spans * 6u + to_block * 4u + i] = raw_word(start + 192u + 4u * i);
  }
}
