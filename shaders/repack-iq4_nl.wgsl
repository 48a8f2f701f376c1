// IQ4_NL, 18 bytes per 32 weights: d f16, bytes[16]; d * TABLE[code]  ->  Q4_TABLE.
//
// One invocation takes one block.
fn repack_block(start: u32, to_block: u32) {
  put_table(to_block);
  put_span_nibbles(codes_of(to_block), start + 2u);
  put_scale(to_block, unpack2x16float(raw_half(start)).x);
}
