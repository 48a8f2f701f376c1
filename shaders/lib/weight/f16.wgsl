// View of F16 weights. WGSL lets unpack2x16float flush subnormals (below 6.1e-5) to zero; no driver we tried
// does.
fn weight_pair(x: u32, y: u32) -> vec4<f32> {
  return vec4<f32>(unpack2x16float(x), unpack2x16float(y));
}
