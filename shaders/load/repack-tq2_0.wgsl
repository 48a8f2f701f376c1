// TQ2_0, 66 bytes per 256 weights: pairs[64], d f16; d * (code - 1)  ->  PQ2_0 with d twice.
//
// The pairs lie as Q2_K's do.
fn repack_block(start: u32, to_block: u32) -> u32 {
  put_block_pairs(to_block * 4u, start);
  return ternary_record(raw_half(start + 64u));
}
