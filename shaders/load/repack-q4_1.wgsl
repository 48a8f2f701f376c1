// Q4_1, 20 bytes per 32 weights: d, m f16, bytes[16]  ->  codes (1 vec4 per span), records (1 word per span).
//
// Planes: lib/weight/q4_1.wgsl.
fn records_plane() -> u32 {
  return params.n_spans;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  planes[to_block] = span_nibbles(raw_vec4(start + 4u));
  return raw_word(start);
}
