// IQ3_S, 110 bytes per 256 weights: d f16, runs[64], ninth bits[8], signs[32], scales[4]; d * (1 + 2 scale) * level's value
//   ->  Q4_TABLE. d * (1 + 2 scale) has 16 bits at most, so f32 has it exactly.
//
// A span has 8 bytes of runs, 4 of signs, one of the runs' ninth bits and a scale nibble. One invocation takes one block.
const TABLE = array<i32, 16>(1, 3, 5, 7, 9, 11, 13, 15, -1, -3, -5, -7, -9, -11, -13, -15);

fn repack_block(start: u32, to_block: u32) {
  put_table(to_block);
  let d = unpack2x16float(raw_half(start)).x;
  for (var i = 0u; i < 8u; i++) {
    let span = to_block * 8u + i;
    let ninth = raw_byte(start + 66u + i);
    for (var j = 0u; j < 4u; j++) {
      let runs = raw_half(start + 2u + 8u * i + 2u * j);
      let first = (runs & 0xFFu) | (((ninth >> (2u * j)) & 1u) << 8u);
      let last = (runs >> 8u) | (((ninth >> (2u * j + 1u)) & 1u) << 8u);
      planes[codes_of(span) + j] = grid_nibbles(first, last, raw_byte(start + 74u + 4u * i + j));
    }
    let scale = (raw_byte(start + 106u + (i >> 1u)) >> (4u * (i & 1u))) & 15u;
    put_scale(span, d * f32(1u + 2u * scale));
  }
}
