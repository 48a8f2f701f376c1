// Q5_K, 176 bytes per 256 weights: d, dmin f16, scales[12], high bits[32], nibbles[128]
//   ->  codes (1 vec4 per span), records (1 vec4 per block), high bits (1 word per span).
//
// Planes: lib/weight/q5_k.wgsl.
fn repack_block(start: u32, to_block: u32) {
  let records = params.n_spans;
  repack_k(start, start + 48u, to_block * 8u, records + to_block);
  put_block_bits(records + params.n_spans / 8u + to_block * 2u, start + 16u);
}
