// IQ4_NL, 18 bytes per 32 weights: d f16, bytes[16]; d * TABLE[code]  ->  Q4_TABLE.
fn repack_block(start: u32, to_block: u32) -> u32 {
  put_table(to_block);
  planes[codes_of(to_block)] = span_nibbles(raw_vec4(start + 2u));
  return bitcast<u32>(unpack2x16float(raw_half(start)).x);
}
