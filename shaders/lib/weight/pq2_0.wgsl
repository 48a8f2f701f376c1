// View of PQ2_0 weights, ternary but for a fourth value that files hardly use: d * (code - 1); codes of 2
// bits; d f16 per 128 weights.
//
//   plane 0   pairs   the codes, lib/weight/parts/pairs.wgsl
//   plane 1   d       f16, 8 to a vec4
const weight_middle = 1.0;

fn weight_affine(span: u32) -> vec4<f32> {
  let d = weight_half(weight_spans() >> 1u, span >> 2u);
  return vec4<f32>(d, d, -d, -d);
}
