// Q5_K, 176 bytes per 256 weights: d, dmin f16, scales[12], high bits[32], nibbles[128]
//   ->  codes (1 vec4 per span), records (1 vec4 per block), high bits (1 word per span).
//
// One invocation takes one block. Planes: lib/weight-q5_k.wgsl.
fn repack_block(start: u32, to_block: u32) {
  repack_k(start, start + 48u, to_block * 32u, params.n_spans * 4u + to_block * 4u);
  put_block_bits(params.n_spans * 4u + params.n_spans / 2u + to_block * 8u, start + 16u);
}
