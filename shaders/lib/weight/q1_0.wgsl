// View of Q1_0 weights, d or -d: d * (code - 1), codes 0 and 2; d f16 per 128 weights.
//
//   plane 0   bits   1 word per span: bit 8b + j is that of code 4j + b
//   plane 1   d      f16, 8 to a vec4
const weight_middle = 1.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let bits = weight[span >> 2u][span & 3u];
  let two = 0x02020202u;
  return array<u32, 8>(
    (bits << 1u) & two, bits & two, (bits >> 1u) & two, (bits >> 2u) & two,
    (bits >> 3u) & two, (bits >> 4u) & two, (bits >> 5u) & two, (bits >> 6u) & two,
  );
}

fn weight_affine(span: u32) -> vec4<f32> {
  let d = weight_half(weight_spans() >> 2u, span >> 2u);
  return vec4<f32>(d, d, -d, -d);
}
