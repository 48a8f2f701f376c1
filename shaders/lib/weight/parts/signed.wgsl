// Codes of a word as numbers, for views whose codes may be negative.
fn weight_bytes(word: u32) -> vec4<f32> {
  return vec4<f32>(weight_signed_bytes(word));
}
