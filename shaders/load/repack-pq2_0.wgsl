// PQ2_0, 34 bytes per 128 weights: d f16, bytes[32] of four codes in order; d * (code - 1).
fn repack_block(start: u32, to_block: u32) -> u32 {
  let run = raw_run(start + 2u);
  planes[to_block * 2u] = pairs_in_order(run.low);
  planes[to_block * 2u + 1u] = pairs_in_order(run.high);
  return raw_half(start);
}
