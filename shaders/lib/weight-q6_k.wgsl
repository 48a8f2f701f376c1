// View of Q6_K weights: d * scale * (code - 32); codes of 6 bits; scale int8 per 16 weights; d f16 per block of 256.
//
//   plane 0   codes        1 vec4 per span: the lower 4 bits, nibbles as weight_nibbles reads them
//   plane 1   high pairs   2 words per span: bits 8 b + 2 j of the first are those of code 8j + b, of the second of 8j + b + 4
//   plane 2   scales       1 vec4 per block: 16 int8
//   plane 3   d            f16, 8 to a vec4
fn weight_upper(high: u32, shift: u32) -> u32 {
  return ((high >> shift) & 0x03030303u) << 4u;
}

fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  let words = weight[span];
  let pairs = weight[params.weight_spans + (span >> 1u)];
  let high = select(pairs.xy, pairs.zw, (span & 1u) == 1u);
  let low_codes = words & vec4<u32>(0x0F0F0F0Fu);
  let high_codes = (words >> vec4<u32>(4u)) & vec4<u32>(0x0F0F0F0Fu);
  return array<vec4<f32>, 8>(
    weight_bytes(low_codes.x | weight_upper(high.x, 0u)), weight_bytes(high_codes.x | weight_upper(high.y, 0u)),
    weight_bytes(low_codes.y | weight_upper(high.x, 2u)), weight_bytes(high_codes.y | weight_upper(high.y, 2u)),
    weight_bytes(low_codes.z | weight_upper(high.x, 4u)), weight_bytes(high_codes.z | weight_upper(high.y, 4u)),
    weight_bytes(low_codes.w | weight_upper(high.x, 6u)), weight_bytes(high_codes.w | weight_upper(high.y, 6u)),
  );
}

fn weight_affine(span: u32) -> vec4<f32> {
  let block = span >> 3u;
  let scales_plane = params.weight_spans + (params.weight_spans >> 1u);
  let d_plane = scales_plane + (params.weight_spans >> 3u);
  let at = span & 7u; // its scales are 2 at and 2 at + 1
  let scales = weight_signed_bytes(weight[scales_plane + block][at >> 1u] >> ((at & 1u) * 16u)).xy;
  let d = weight_half(d_plane, block) * vec2<f32>(scales);
  return vec4<f32>(d, -32.0 * d);
}
