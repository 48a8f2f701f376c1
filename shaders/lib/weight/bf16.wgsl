// View of BF16 weights. A BF16 is the upper half of an f32.
fn weight_pair(x: u32, y: u32) -> vec4<f32> {
  return bitcast<vec4<f32>>(vec4<u32>(x << 16u, x & 0xFFFF0000u, y << 16u, y & 0xFFFF0000u));
}
