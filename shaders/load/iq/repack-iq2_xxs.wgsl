// IQ2_XXS, 66 bytes per 256 weights: d f16, 8 times (runs[4], word); d * (1/2 + scale) / 4 * level's value
// ->  Q3_TABLE.
//
// A word has 4 times 7 signs, then a scale of 4 bits.
fn read_span(start: u32, span: u32) -> Runs {
  let word = raw_word(start + 6u + 8u * span);
  let seven = (vec4<u32>(word) >> vec4<u32>(0u, 7u, 14u, 21u)) & vec4<u32>(127u);
  return Runs(raw_bytes(start + 2u + 8u * span), eight_signs(seven), odd_scales((word >> 28u) * 0x11u));
}
