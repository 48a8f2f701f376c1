// Q4_K, 144 bytes per 256 weights: d, dmin f16, scales[12], nibbles[128] -> codes (1 vec4 per span), records
// (1 vec4 per block).
//
// Planes: lib/weight/q4_k.wgsl.
fn repack_block(start: u32, to_block: u32) {
  repack_k(start, start + 16u, to_block * 8u, params.n_spans + to_block);
}
