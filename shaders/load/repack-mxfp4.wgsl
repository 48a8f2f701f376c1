// MXFP4, 17 bytes per 32 weights: e u8, bytes[16]; 2^(e - 128) * TABLE[code]  ->  Q4_TABLE.
//
// The codes are FP4 (e2m1), the table twice their values. Scales below 2^-126 (e < 2) are subnormal, which a
// GPU may take for 0; e = 255 means NaN in the OCP specification and 2^127 in ggml, which we follow.
const TABLE = array<i32, 16>(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12);

fn repack_block(start: u32, to_block: u32) -> u32 {
  put_table(to_block);
  planes[codes_of(to_block)] = span_nibbles(raw_vec4(start + 1u));
  let e = raw_byte(start);
  return select((e - 1u) << 23u, 0x00200000u << e, e < 2u);
}
