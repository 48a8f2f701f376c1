// View of weights that are one of 8 values, scaled: d / 8 * scale * table[code]; codes of 3 bits; scale int8
// per 16 weights; d f16 per block of 256; table int8.
//
//   plane 0   table       1 vec4, value c in byte c & 3 of word c >> 2
//   plane 1   pairs       the lower 2 bits, lib/weight/parts/pairs.wgsl
//   plane 2   high bits   as in lib/weight/q3_k.wgsl
//   plane 3   scales      lib/weight/parts/pairs.wgsl
//   plane 4   d           f16, 8 to a vec4
const weight_middle = 0.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let table = weight[0].xy;
  let pairs = weight_pair_words(1u, span);
  let high = weight[1u + (weight_spans() >> 1u) + (span >> 2u)][span & 3u];
  return array<u32, 8>(
    weight_values(table, weight_pairs(pairs.x, 0u), high), weight_values(table, weight_pairs(pairs.y, 0u), high >> 4u),
    weight_values(table, weight_pairs(pairs.x, 1u), high >> 1u), weight_values(table, weight_pairs(pairs.y, 1u), high >> 5u),
    weight_values(table, weight_pairs(pairs.x, 2u), high >> 2u), weight_values(table, weight_pairs(pairs.y, 2u), high >> 6u),
    weight_values(table, weight_pairs(pairs.x, 3u), high >> 3u), weight_values(table, weight_pairs(pairs.y, 3u), high >> 7u),
  );
}

// The values of four codes, one to a byte: a pair of each byte of `pairs`, with the lowest bit of each of
// `high` above it.
fn weight_values(table: vec2<u32>, pairs: u32, high: u32) -> u32 {
  let by_byte = vec4<u32>(0u, 8u, 16u, 24u);
  let is_upper = (vec4<u32>(high) & (vec4<u32>(1u) << by_byte)) != vec4<u32>(0u);
  let words = select(table.xxxx, table.yyyy, is_upper);
  let codes = (vec4<u32>(pairs) >> by_byte) & vec4<u32>(3u);
  let values = ((words >> (8u * codes)) & vec4<u32>(0xFFu)) << by_byte;
  return (values.x | values.y) | (values.z | values.w);
}

fn weight_affine(span: u32) -> vec4<f32> {
  let scales_plane = 1u + (weight_spans() >> 1u) + (weight_spans() >> 2u);
  let d_plane = scales_plane + (weight_spans() >> 3u);
  let scales = weight_signed_bytes(weight_scale_bytes(scales_plane, span)).xy;
  let d = 0.125 * weight_half(d_plane, span >> 3u) * vec2<f32>(scales);
  return vec4<f32>(d, 0.0, 0.0);
}
