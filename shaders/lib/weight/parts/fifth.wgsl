// Codes of 5 bits, for Q5_K and Q5_1: the lower 4 of a span as weight_nibbles reads them, and a word of fifth
// bits: bit 8 b + j is that of code 8j + b, bit 8 b + j + 4 that of code 8j + b + 4.
fn weight_fifth(high: u32, bit: u32) -> u32 {
  return ((high >> bit) & 0x01010101u) << 4u;
}

fn weight_five(words: vec4<u32>, high: u32) -> array<u32, 8> {
  let low = weight_nibbles(words);
  return array<u32, 8>(
    low[0] | weight_fifth(high, 0u), low[1] | weight_fifth(high, 4u), low[2] | weight_fifth(high, 1u), low[3] | weight_fifth(high, 5u),
    low[4] | weight_fifth(high, 2u), low[5] | weight_fifth(high, 6u), low[6] | weight_fifth(high, 3u), low[7] | weight_fifth(high, 7u),
  );
}
