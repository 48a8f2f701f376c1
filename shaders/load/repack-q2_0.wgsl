// Q2_0, 18 bytes per 64 weights: d f16, bytes[16] of four codes in order; d * (code - 1).
fn repack_block(start: u32, to_block: u32) -> u32 {
  planes[to_block] = pairs_in_order(raw_vec4(start + 2u));
  return raw_half(start);
}
