// Storing a row that lies in `fresh` from `at`; called by the lanes of one workgroup, more than KV_ROW of
// them. Lanes that share a block each find its scale themselves: that is shorter than another barrier.

fn store_key(row: u32, at: u32, lane: u32) {
  if (lane < KV_ROW) { keys[row * KV_ROW + lane] = packed_unit(at, lane); }
}
fn store_value(row: u32, at: u32, lane: u32) {
  if (lane < KV_ROW) { values[row * KV_ROW + lane] = packed_unit(at, lane); }
}

// Eight codes, or four scales.
fn packed_unit(at: u32, unit: u32) -> KvUnit {
  let is_codes = unit < UNITS;
  let first_block = select(4u * (unit - UNITS), unit / 4u, is_codes);
  let n_blocks = select(min(4u, BLOCKS - first_block), 1u, is_codes);
  var scales = vec4<f32>();
  for (var block = 0u; block < n_blocks; block++) { scales[block] = block_scale(at + 32u * (first_block + block)); }
  let halves = vec2<u32>(pack2x16float(scales.xy), pack2x16float(scales.zw));
  if (!is_codes) { return halves; }
  let scale = unpack2x16float(halves.x).x; // as it will be read
  let inverse = select(1.0 / scale, 0.0, scale == 0.0);
  let from_dim = at + 8u * unit;
  return vec2<u32>(packed_codes(from_dim, inverse), packed_codes(from_dim + 4u, inverse));
}

fn packed_codes(at: u32, inverse: f32) -> u32 {
  return pack4x8snorm(inverse * vec4<f32>(fresh[at], fresh[at + 1u], fresh[at + 2u], fresh[at + 3u]));
}

// Not beyond f16's range: an infinite scale times a code of 0 would be NaN.
fn block_scale(at: u32) -> f32 {
  var largest = 0.0;
  for (var i = 0u; i < 32u; i++) { largest = max(largest, abs(fresh[at + i])); }
  return min(largest, 65504.0);
}
