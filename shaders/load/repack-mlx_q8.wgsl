// MLX_Q8, 36 bytes per 32 weights: d, m f16, u8[32]  ->  codes (2 vec4 per span), records (1 word per span).
//
// Planes: lib/weight/mlx_q8.wgsl.
fn records_plane() -> u32 {
  return params.n_spans * 2u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  put_span_bytes(to_block, start + 4u);
  return raw_word(start);
}
