// View of NVFP4 weights, as in the file: S * s * E2M1; s UE4M3 per 16 weights; S f32, one for the matrix.
//
//   plane 0   table    1 vec4, S in its first word
//   plane 1   codes    1 vec4 per span, nibbles in the order of weight_nibbles
//   plane 2   scales   2 bytes per span, 16 to a vec4: bits 3-6 exponent with bias 7, bits 0-2 fraction
const weight_middle = 0.0;

// Twice the numbers of E2M1: 0, 1, 2, 3, 4, 6, 8, 12 and their negatives.
const weight_table = vec4<u32>(0x03020100u, 0x0C080604u, 0xFDFEFF00u, 0xF4F8FAFCu);

fn weight_words(span: u32) -> array<u32, 8> {
  let table = weight_table;
  let codes = weight_nibbles(weight[1u + span]);
  return array<u32, 8>(
    weight_values(table, codes[0]), weight_values(table, codes[1]), weight_values(table, codes[2]), weight_values(table, codes[3]),
    weight_values(table, codes[4]), weight_values(table, codes[5]), weight_values(table, codes[6]), weight_values(table, codes[7]),
  );
}

fn weight_affine(span: u32) -> vec4<f32> {
  let word = weight[1u + weight_spans() + (span >> 3u)][(span >> 1u) & 3u] >> ((span & 1u) * 16u);
  let bytes = vec2<u32>(word, word >> 8u) & vec2<u32>(0x7Fu);
  // By bits of an f32, whose bias is 120 more; the smallest eight have no leading 1.
  let normal = bitcast<vec2<f32>>((bytes + vec2<u32>(960u)) << vec2<u32>(20u));
  let scales = select(normal, vec2<f32>(bytes) * 0x1p-9, bytes < vec2<u32>(8u));
  return vec4<f32>(0.5 * bitcast<f32>(weight[0].x) * scales, 0.0, 0.0);
}
