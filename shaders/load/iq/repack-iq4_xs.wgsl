// IQ4_XS, 136 bytes per 256 weights: d f16, upper pairs u16, lower nibbles[4], bytes[128]; d * (scale - 32) *
// TABLE[code]
//   ->  Q4_TABLE. d * (scale - 32) has 17 bits at most, so f32 has it exactly.
//
// Each span has 16 bytes, and a scale of 6 bits.
fn repack_block(start: u32, to_block: u32) {
  put_table(to_block);
  let d = unpack2x16float(raw_half(start)).x;
  let upper = raw_half(start + 2u);
  let lower = raw_word(start + 4u);
  var scales: array<f32, 8>;
  for (var i = 0u; i < 8u; i++) {
    let scale = ((lower >> (4u * i)) & 15u) | (((upper >> (2u * i)) & 3u) << 4u);
    scales[i] = d * f32(i32(scale) - 32);
    planes[codes_of(to_block * 8u + i)] = span_nibbles(raw_vec4(start + 8u + 16u * i));
  }
  put_block_scales(to_block, scales);
}
