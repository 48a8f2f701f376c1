// View of Q5_K weights: d * scale * code - dmin * min; codes of 5 bits; scale and min of 6 bits per span of 32; d, dmin f16
// per block of 256.
//
//   plane 0   codes       1 vec4 per span: the lower 4 bits, nibbles as weight_nibbles reads them
//   plane 1   records     1 vec4 per block: d and dmin; low nibbles of the 8 scales; of the 8 mins; upper pairs of both
//   plane 2   high bits   1 word per span: bit 8 b + j is that of code 8j + b, bit 8 b + j + 4 that of code 8j + b + 4
fn weight_fifth(high: u32, bit: u32) -> u32 {
  return ((high >> bit) & 0x01010101u) << 4u;
}

fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  let words = weight[span];
  let high = weight[params.weight_spans + (params.weight_spans >> 3u) + (span >> 2u)][span & 3u];
  let low_codes = words & vec4<u32>(0x0F0F0F0Fu);
  let high_codes = (words >> vec4<u32>(4u)) & vec4<u32>(0x0F0F0F0Fu);
  return array<vec4<f32>, 8>(
    weight_bytes(low_codes.x | weight_fifth(high, 0u)), weight_bytes(high_codes.x | weight_fifth(high, 4u)),
    weight_bytes(low_codes.y | weight_fifth(high, 1u)), weight_bytes(high_codes.y | weight_fifth(high, 5u)),
    weight_bytes(low_codes.z | weight_fifth(high, 2u)), weight_bytes(high_codes.z | weight_fifth(high, 6u)),
    weight_bytes(low_codes.w | weight_fifth(high, 3u)), weight_bytes(high_codes.w | weight_fifth(high, 7u)),
  );
}

fn weight_affine(span: u32) -> vec4<f32> {
  let record = weight[params.weight_spans + (span >> 3u)];
  let at = span & 7u;
  let scale = ((record.y >> (4u * at)) & 15u) | (((record.w >> (2u * at)) & 3u) << 4u);
  let minimum = ((record.z >> (4u * at)) & 15u) | (((record.w >> (2u * at + 16u)) & 3u) << 4u);
  let d = unpack2x16float(record.x) * vec2<f32>(f32(scale), -f32(minimum));
  return d.xxyy;
}
