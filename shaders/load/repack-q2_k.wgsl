// Q2_K, 84 bytes per 256 weights: scales[16], pairs[64], d, dmin f16
//   ->  pairs (2 words per span), scales (1 vec4 per block), d and dmin (1 word per block).
//
// Planes: lib/weight/q2_k.wgsl.
fn repack_block(start: u32, to_block: u32) -> u32 {
  put_block_pairs(to_block * 4u, start + 16u);
  planes[scales_plane() + to_block] = raw_vec4(start);
  return raw_word(start + 80u);
}
