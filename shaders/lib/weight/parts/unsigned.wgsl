// Codes of a word as numbers, for views whose codes are never negative: hardware converts any byte of a word
// in one operation.
fn weight_bytes(word: u32) -> vec4<f32> {
  return vec4<f32>((vec4<u32>(word) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(255u));
}
