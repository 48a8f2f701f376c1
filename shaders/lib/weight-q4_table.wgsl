// View of weights that are one of 16 values, scaled: s * table[code]; codes of 4 bits; s f32 per span of 32; table int8.
//
//   plane 0   table    1 vec4, value c in byte c & 3 of word c >> 2
//   plane 1   codes    1 vec4 per span, nibbles in the order of weight_nibbles
//   plane 2   scales   f32, 4 to a vec4
fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  let table = weight[0];
  let words = weight[1u + span];
  let low = words & vec4<u32>(0x0F0F0F0Fu);
  let high = (words >> vec4<u32>(4u)) & vec4<u32>(0x0F0F0F0Fu);
  return array<vec4<f32>, 8>(
    weight_values(table, low.x), weight_values(table, high.x), weight_values(table, low.y), weight_values(table, high.y),
    weight_values(table, low.z), weight_values(table, high.z), weight_values(table, low.w), weight_values(table, high.w),
  );
}

// The values of four codes, one to a byte. By select: an index that differs by lane would put the table in slow memory.
fn weight_values(table: vec4<u32>, bytes: u32) -> vec4<f32> {
  let codes = vec4<u32>(bytes) >> vec4<u32>(0u, 8u, 16u, 24u);
  let odd = (codes & vec4<u32>(4u)) != vec4<u32>(0u);
  let lower = select(table.xxxx, table.yyyy, odd);
  let upper = select(table.zzzz, table.wwww, odd);
  let words = select(lower, upper, (codes & vec4<u32>(8u)) != vec4<u32>(0u));
  let to_top = vec4<u32>(24u) - 8u * (codes & vec4<u32>(3u));
  return vec4<f32>(bitcast<vec4<i32>>(words << to_top) >> vec4<u32>(24u));
}

fn weight_affine(span: u32) -> vec4<f32> {
  let scale = bitcast<f32>(weight[1u + params.weight_spans + (span >> 2u)][span & 3u]);
  return vec4<f32>(scale, scale, 0.0, 0.0);
}
