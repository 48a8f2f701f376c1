// View of Q3_K weights: d * scale * (code - 4); codes of 3 bits; scale int8 per 16 weights; d f16 per block
// of 256.
//
//   plane 0   pairs       the lower 2 bits, lib/weight/parts/pairs.wgsl
//   plane 1   high bits   1 word per span: bit 8 b + j is that of code 8j + b, bit 8 b + j + 4 that of code
//             8j + b + 4
//   plane 2   scales      lib/weight/parts/pairs.wgsl
//   plane 3   d           f16, 8 to a vec4
const weight_middle = 4.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let pairs = weight_pair_words(0u, span);
  let high = weight[(weight_spans() >> 1u) + (span >> 2u)][span & 3u];
  return array<u32, 8>(
    weight_three(pairs.x, 0u, high), weight_three(pairs.y, 0u, high >> 4u),
    weight_three(pairs.x, 1u, high), weight_three(pairs.y, 1u, high >> 4u),
    weight_three(pairs.x, 2u, high), weight_three(pairs.y, 2u, high >> 4u),
    weight_three(pairs.x, 3u, high), weight_three(pairs.y, 3u, high >> 4u),
  );
}

fn weight_three(pairs: u32, j: u32, high: u32) -> u32 {
  return weight_pairs(pairs, j) | (((high >> j) & 0x01010101u) << 2u);
}

fn weight_affine(span: u32) -> vec4<f32> {
  let scales_plane = (weight_spans() >> 1u) + (weight_spans() >> 2u);
  let d_plane = scales_plane + (weight_spans() >> 3u);
  let scales = weight_signed_bytes(weight_scale_bytes(scales_plane, span)).xy;
  let d = weight_half(d_plane, span >> 3u) * vec2<f32>(scales);
  return vec4<f32>(d, -4.0 * d);
}
