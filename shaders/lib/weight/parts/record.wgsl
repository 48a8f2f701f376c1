// The scale and offset of a span of Q4_K and Q5_K. Their records are plane 1, 1 vec4 per block of 256: d and
// dmin; low nibbles of the 8 scales; of the 8 mins; upper pairs of both.
fn weight_affine(span: u32) -> vec4<f32> {
  let record = weight[weight_spans() + (span >> 3u)];
  let at = span & 7u;
  let scale = ((record.y >> (4u * at)) & 15u) | (((record.w >> (2u * at)) & 3u) << 4u);
  let minimum = ((record.z >> (4u * at)) & 15u) | (((record.w >> (2u * at + 16u)) & 3u) << 4u);
  let d = unpack2x16float(record.x) * vec2<f32>(f32(scale), -f32(minimum));
  return d.xxyy;
}
