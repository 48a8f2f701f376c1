// IQ2_XS, 74 bytes per 256 weights: d f16, runs u16[32], scales[8]; d * (1/2 + scale) / 4 * level's value  ->
// Q3_TABLE.
//
// A run has the entry's number in 9 bits, then 7 signs.
fn read_span(start: u32, span: u32) -> Runs {
  let first = raw_word(start + 2u + 8u * span);
  let last = raw_word(start + 6u + 8u * span);
  let runs = vec4<u32>(first & 0xFFFFu, first >> 16u, last & 0xFFFFu, last >> 16u);
  let scales = odd_scales(raw_byte(start + 66u + span));
  return Runs(runs & vec4<u32>(511u), eight_signs(runs >> vec4<u32>(9u)), scales);
}
