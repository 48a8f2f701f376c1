// Codes of 5 bits, for Q5_K and Q5_1: the lower 4 of a span as weight_nibbles reads them, and a word of fifth bits: bit 8 b + j is
// that of code 8j + b, bit 8 b + j + 4 that of code 8j + b + 4.
fn weight_fifth(high: u32, bit: u32) -> u32 {
  return ((high >> bit) & 0x01010101u) << 4u;
}

fn weight_five(words: vec4<u32>, high: u32) -> array<u32, 8> {
  let low_codes = words & vec4<u32>(0x0F0F0F0Fu);
  let high_codes = (words >> vec4<u32>(4u)) & vec4<u32>(0x0F0F0F0Fu);
  return array<u32, 8>(
    low_codes.x | weight_fifth(high, 0u), high_codes.x | weight_fifth(high, 4u),
    low_codes.y | weight_fifth(high, 1u), high_codes.y | weight_fifth(high, 5u),
    low_codes.z | weight_fifth(high, 2u), high_codes.z | weight_fifth(high, 6u),
    low_codes.w | weight_fifth(high, 3u), high_codes.w | weight_fifth(high, 7u),
  );
}
