// Planes of Q2_K, Q3_K and Q6_K.
//
//   pairs    2 words per span: bits 8 b + 2 j of the first belong to code 8j + b, of the second to 8j + b + 4
//   scales   1 vec4 per block of 256: 16 int8, one for each 16 weights
fn weight_pair_words(plane: u32, span: u32) -> vec2<u32> {
  let words = weight[plane + (span >> 1u)];
  return select(words.xy, words.zw, (span & 1u) == 1u);
}

// Pair j of each byte.
fn weight_pairs(word: u32, j: u32) -> u32 {
  return (word >> (2u * j)) & 0x03030303u;
}

// The scales of the first and the last 16 weights of a span, as two bytes with others above them.
fn weight_scale_bytes(plane: u32, span: u32) -> u32 {
  let at = span & 7u;
  return weight[plane + (span >> 3u)][at >> 1u] >> ((at & 1u) * 16u);
}
