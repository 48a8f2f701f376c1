// Q2_K, 84 bytes per 256 weights: scales[16], pairs[64], d, dmin f16
//   ->  pairs (2 words per span), scales (1 vec4 per block), d and dmin (1 word per block).
//
// One invocation takes one block. Planes: lib/weight-q2_k.wgsl.
fn repack_block(start: u32, to_block: u32) {
  put_block_pairs(to_block * 16u, start + 16u);
  let scales = params.n_spans * 2u;
  for (var i = 0u; i < 4u; i++) {
    planes[scales + to_block * 4u + i] = raw_word(start + 4u * i);
  }
  planes[scales + params.n_spans / 2u + to_block] = raw_word(start + 80u);
}
