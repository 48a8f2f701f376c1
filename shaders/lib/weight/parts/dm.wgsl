// The scale and offset of a span of Q4_1 and Q5_1. Their records are plane 1, 1 word per span: d and m, f16.
fn weight_affine(span: u32) -> vec4<f32> {
  return unpack2x16float(weight[weight_spans() + (span >> 2u)][span & 3u]).xxyy;
}
