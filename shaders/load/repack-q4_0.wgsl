// Q4_0, 18 bytes per 32 weights: d f16, bytes[16]  ->  codes (1 vec4 per span), d (f16, 8 to a vec4).
//
// Planes: lib/weight/q4_0.wgsl.
fn d_plane() -> u32 {
  return params.n_spans;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  planes[to_block] = span_nibbles(raw_vec4(start + 2u));
  return raw_half(start);
}
