// Q3_K, 110 bytes per 256 weights: high bits[32], pairs[64], scales[12], d f16; d * (scale - 32) * (code - 4)
//   ->  pairs (2 words per span), high bits (1 word per span), scales int8 (1 vec4 per block), d (f16, 8 to a vec4).
//
// 16 scales of 6 bits: number s has its lower 4 bits in nibble s >> 3 of byte s & 7, its upper pair in pair s >> 2 of byte 8 + (s & 3).
// Blocks in pairs: lib/repack-pair.wgsl. Planes: lib/weight-q3_k.wgsl.
const D_BYTE = 108u;

fn d_plane() -> u32 {
  return params.n_spans * 3u + params.n_spans / 2u;
}

fn repack_block(start: u32, to_block: u32) {
  put_block_pairs(to_block * 16u, start + 32u);
  put_block_bits(params.n_spans * 2u + to_block * 8u, start);

  let upper = raw_word(start + 104u);
  for (var i = 0u; i < 4u; i++) {
    let lower = raw_word(start + 96u + 4u * (i & 1u));
    let scales = ((lower >> (4u * (i >> 1u))) & NIBBLES) | (((upper >> (2u * i)) & 0x03030303u) << 4u);
    // scale - 32 is the lower 5 bits where the sixth is set, else those - 32: as int8, with all ones above them.
    let signed = (scales & 0x1F1F1F1Fu) | (((~scales >> 5u) & 0x01010101u) * 0xE0u);
    planes[params.n_spans * 3u + to_block * 4u + i] = signed;
  }
}
