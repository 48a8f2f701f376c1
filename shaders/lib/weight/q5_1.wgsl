// View of Q5_1 weights: d * code + m; codes of 5 bits; d, m f16 per span of 32.
//
//   plane 0   codes       1 vec4 per span: the lower 4 bits
//   plane 1   records     1 word per span, lib/weight/parts/dm.wgsl
//   plane 2   high bits   1 word per span, lib/weight/parts/fifth.wgsl
const weight_middle = 16.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let high_plane = weight_spans() + ((weight_spans() + 3u) >> 2u);
  return weight_five(weight[span], weight[high_plane + (span >> 2u)][span & 3u]);
}
