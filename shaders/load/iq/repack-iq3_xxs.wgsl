// IQ3_XXS, 98 bytes per 256 weights: d f16, runs[64], words[8]; d * (1/2 + scale) / 2 * level's value ->
// Q4_TABLE.
//
// A span has 8 bytes of runs and a word: 4 times 7 signs, then a scale of 4 bits. The eighth sign makes their
// number even. d * (1/2 + scale) / 2 has 16 bits at most, so f32 has it exactly.
const TABLE = array<i32, 16>(4, 12, 20, 28, 36, 44, 52, 62, -4, -12, -20, -28, -36, -44, -52, -62);

fn repack_block(start: u32, to_block: u32) {
  put_table(to_block);
  let d = unpack2x16float(raw_half(start)).x;
  var scales: array<f32, 8>;
  for (var i = 0u; i < 8u; i++) {
    let runs = raw_halves(start + 2u + 8u * i);
    let word = raw_word(start + 66u + 4u * i);
    let seven = (vec4<u32>(word) >> vec4<u32>(0u, 7u, 14u, 21u)) & vec4<u32>(127u);
    let signs = seven | ((countOneBits(seven) & vec4<u32>(1u)) << vec4<u32>(7u));
    planes[codes_of(to_block * 8u + i)] = grid_nibbles(runs & vec4<u32>(0xFFu), runs >> vec4<u32>(8u), signs);
    scales[i] = d * (0.25 + 0.5 * f32(word >> 28u));
  }
  put_block_scales(to_block, scales);
}
