// View of Q6_K weights: d * scale * (code - 32); codes of 6 bits; scale int8 per 16 weights; d f16 per block
// of 256.
//
//   plane 0   codes        1 vec4 per span: the lower 4 bits, nibbles as weight_nibbles reads them
//   plane 1   high pairs   lib/weight/parts/pairs.wgsl
//   plane 2   scales       lib/weight/parts/pairs.wgsl
//   plane 3   d            f16, 8 to a vec4
const weight_middle = 32.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let low = weight_nibbles(weight[span]);
  let high = weight_pair_words(weight_spans(), span);
  return array<u32, 8>(
    weight_six(low[0], high.x, 0u), weight_six(low[1], high.y, 0u), weight_six(low[2], high.x, 1u), weight_six(low[3], high.y, 1u),
    weight_six(low[4], high.x, 2u), weight_six(low[5], high.y, 2u), weight_six(low[6], high.x, 3u), weight_six(low[7], high.y, 3u),
  );
}

fn weight_six(low: u32, pairs: u32, j: u32) -> u32 {
  return low | (weight_pairs(pairs, j) << 4u);
}

fn weight_affine(span: u32) -> vec4<f32> {
  let scales_plane = weight_spans() + (weight_spans() >> 1u);
  let d_plane = scales_plane + (weight_spans() >> 3u);
  let scales = weight_signed_bytes(weight_scale_bytes(scales_plane, span)).xy;
  let d = weight_half(d_plane, span >> 3u) * vec2<f32>(scales);
  return vec4<f32>(d, -32.0 * d);
}
