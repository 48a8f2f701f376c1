// Storing a row that lies in `fresh` from `at`; called by the lanes of one workgroup, more than UNITS of
// them.

fn store_key(row: u32, at: u32, lane: u32) {
  if (lane < UNITS) { keys[row * KV_ROW + lane] = packed_dims(at + 8u * lane); }
}
fn store_value(row: u32, at: u32, lane: u32) {
  if (lane < UNITS) { values[row * KV_ROW + lane] = packed_dims(at + 8u * lane); }
}

fn packed_dims(at: u32) -> KvUnit {
  var words = KvUnit();
  for (var i = 0u; i < 4u; i++) {
    // A value beyond f16's range would become infinite, and a weight of 0 times infinity NaN.
    let pair = vec2<f32>(fresh[at + 2u * i], fresh[at + 2u * i + 1u]);
    words[i] = pack2x16float(clamp(pair, vec2<f32>(-65504.0), vec2<f32>(65504.0)));
  }
  return words;
}
