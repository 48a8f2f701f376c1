// View of weights that are one of 16 values, scaled: s * table[code]; codes of 4 bits; s f32 per span of 32;
// table int8.
//
//   plane 0   table    1 vec4, value c in byte c & 3 of word c >> 2
//   plane 1   codes    1 vec4 per span, nibbles in the order of weight_nibbles
//   plane 2   scales   f32, 4 to a vec4
const weight_middle = 0.0;

fn weight_words(span: u32) -> array<u32, 8> {
  let table = weight[0];
  let codes = weight_nibbles(weight[1u + span]);
  return array<u32, 8>(
    weight_values(table, codes[0]), weight_values(table, codes[1]), weight_values(table, codes[2]), weight_values(table, codes[3]),
    weight_values(table, codes[4]), weight_values(table, codes[5]), weight_values(table, codes[6]), weight_values(table, codes[7]),
  );
}

fn weight_affine(span: u32) -> vec4<f32> {
  let scale = bitcast<f32>(weight[1u + weight_spans() + (span >> 2u)][span & 3u]);
  return vec4<f32>(scale, scale, 0.0, 0.0);
}
