// IQ3_S, 110 bytes per 256 weights: d f16, runs[64], ninth bits[8], signs[32], scales[4]; d * (1 + 2 scale) *
// level's value
//   ->  Q4_TABLE. d * (1 + 2 scale) has 16 bits at most, so f32 has it exactly.
//
// A span has 8 bytes of runs, 4 of signs, one of the runs' ninth bits and a scale nibble.
const TABLE = array<i32, 16>(1, 3, 5, 7, 9, 11, 13, 15, -1, -3, -5, -7, -9, -11, -13, -15);

fn repack_block(start: u32, to_block: u32) {
  put_table(to_block);
  let d = unpack2x16float(raw_half(start)).x;
  let scale_bits = raw_word(start + 106u);
  let byte = vec4<u32>(0xFFu);
  let by_byte = vec4<u32>(0u, 8u, 16u, 24u);
  var scales: array<f32, 8>;
  for (var i = 0u; i < 8u; i++) {
    let runs = raw_halves(start + 2u + 8u * i);
    // Bits 2 j and 2 j + 1 are the ninths of word j's two runs; in bit 8 they are worth 256.
    let ninths = vec4<u32>(raw_byte(start + 66u + i)) >> vec4<u32>(0u, 2u, 4u, 6u);
    let first = (runs & byte) | ((ninths & vec4<u32>(1u)) << vec4<u32>(8u));
    let last = (runs >> vec4<u32>(8u)) | ((ninths & vec4<u32>(2u)) << vec4<u32>(7u));
    let signs = (vec4<u32>(raw_word(start + 74u + 4u * i)) >> by_byte) & byte;
    planes[codes_of(to_block * 8u + i)] = grid_nibbles(first, last, signs);
    scales[i] = d * f32(1u + 2u * ((scale_bits >> (4u * i)) & 15u));
  }
  put_block_scales(to_block, scales);
}
