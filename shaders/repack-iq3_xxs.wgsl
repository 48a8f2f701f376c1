// IQ3_XXS, 98 bytes per 256 weights: d f16, runs[64], words[8]; d * (1/2 + scale) / 2 * level's value  ->  Q4_TABLE.
//
// A span has 8 bytes of runs and a word: 4 times 7 signs, then a scale of 4 bits. The eighth sign makes their number even.
// d * (1/2 + scale) / 2 has 16 bits at most, so f32 has it exactly. One invocation takes one block.
const TABLE = array<i32, 16>(4, 12, 20, 28, 36, 44, 52, 62, -4, -12, -20, -28, -36, -44, -52, -62);

fn repack_block(start: u32, to_block: u32) {
  put_table(to_block);
  let d = unpack2x16float(raw_half(start)).x;
  for (var i = 0u; i < 8u; i++) {
    let span = to_block * 8u + i;
    let word = raw_word(start + 66u + 4u * i);
    for (var j = 0u; j < 4u; j++) {
      let runs = raw_half(start + 2u + 8u * i + 2u * j);
      let seven = (word >> (7u * j)) & 127u;
      let signs = seven | ((countOneBits(seven) & 1u) << 7u);
      planes[codes_of(span) + j] = grid_nibbles(runs & 0xFFu, runs >> 8u, signs);
    }
    put_scale(span, d * (0.25 + 0.5 * f32(word >> 28u)));
  }
}
