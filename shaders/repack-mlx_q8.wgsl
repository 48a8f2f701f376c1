// MLX_Q8, 36 bytes per 32 weights: d, m f16, u8[32]  ->  codes (2 vec4 per span), records (1 word per span).
//
// One invocation takes one block. Planes: lib/weight-mlx_q8.wgsl.
fn repack_block(start: u32, to_block: u32) {
  for (var j = 0u; j < 8u; j++) {
    planes[to_block * 8u + j] = raw_word(start + 4u + 4u * j);
  }
  planes[params.n_spans * 8u + to_block] = raw_word(start);
}
