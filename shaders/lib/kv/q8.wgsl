// Reading keys and values that lie as signed bytes with a scale for each block of 32 dims: x = scale * code /
// 127, so that the scale is the block's largest magnitude. A row (one token and kv head) is HEAD_DIM / 8
// units of eight codes, then its scales as halves, four to a unit.

alias KvUnit = vec2<u32>;
const UNITS = HEAD_DIM / 8u;
const BLOCKS = HEAD_DIM / 32u;
const KV_ROW = UNITS + (BLOCKS + 3u) / 4u; // units of a row

// Eight dims as they are loaded: their codes, and the halves among which `block` finds their scale.
struct Packed { codes: KvUnit, scales: KvUnit, block: u32 }
struct Dims { low: vec4<f32>, high: vec4<f32> }

fn packed_key(row: u32, unit: u32) -> Packed {
  let at = row * KV_ROW;
  return Packed(keys[at + unit], keys[at + UNITS + unit / 16u], unit / 4u);
}
fn packed_value(row: u32, unit: u32) -> Packed {
  let at = row * KV_ROW;
  return Packed(values[at + unit], values[at + UNITS + unit / 16u], unit / 4u);
}

fn scale_of(scales: KvUnit, block: u32) -> f32 {
  let pair = unpack2x16float(select(scales.x, scales.y, (block & 2u) != 0u));
  return select(pair.x, pair.y, (block & 1u) != 0u);
}

fn dims_of(packed: Packed) -> Dims {
  let scale = scale_of(packed.scales, packed.block);
  return Dims(scale * unpack4x8snorm(packed.codes.x), scale * unpack4x8snorm(packed.codes.y));
}
