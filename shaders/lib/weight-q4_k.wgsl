// View of Q4_K weights: d * scale * code - dmin * min; codes of 4 bits; scale and min of 6 bits per span of 32; d, dmin f16
// per block of 256.
//
//   plane 0   codes     1 vec4 per span, nibbles as weight_nibbles reads them
//   plane 1   records   1 vec4 per block: d and dmin; low nibbles of the 8 scales; of the 8 mins; upper pairs of both
fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  return weight_nibbles(weight[span]);
}

fn weight_affine(span: u32) -> vec4<f32> {
  let record = weight[params.weight_spans + (span >> 3u)];
  let at = span & 7u;
  let scale = ((record.y >> (4u * at)) & 15u) | (((record.w >> (2u * at)) & 3u) << 4u);
  let minimum = ((record.z >> (4u * at)) & 15u) | (((record.w >> (2u * at + 16u)) & 3u) << 4u);
  let d = unpack2x16float(record.x) * vec2<f32>(f32(scale), -f32(minimum));
  return d.xxyy;
}
