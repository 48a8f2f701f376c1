// Q8_0, 34 bytes per 32 weights: d f16, int8[32]  ->  codes (2 vec4 per span), d (f16, 8 to a vec4).
//
// Planes: lib/weight/q8_0.wgsl.
fn d_plane() -> u32 {
  return params.n_spans * 2u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  put_span_bytes(to_block, start + 2u);
  return raw_half(start);
}
