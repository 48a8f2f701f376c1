// Reading keys and values that lie as signed bytes with a scale for each block of 32 dims: x = scale * code /
// 127, so that the scale is the block's largest magnitude. A row (one token and kv head) is HEAD_DIM / 8
// units of eight codes, then its scales as halves, four to a unit.

alias KvUnit = vec2<u32>;
const UNITS = HEAD_DIM / 8u;
const BLOCKS = HEAD_DIM / 32u;
const KV_ROW = UNITS + (BLOCKS + 3u) / 4u; // units of a row

struct Dims { low: vec4<f32>, high: vec4<f32> }

fn key_dims(row: u32, unit: u32) -> Dims {
  let at = row * KV_ROW;
  return dims_of(keys[at + unit], scale_of(keys[at + UNITS + unit / 16u], unit / 4u));
}
fn value_dims(row: u32, unit: u32) -> Dims {
  let at = row * KV_ROW;
  return dims_of(values[at + unit], scale_of(values[at + UNITS + unit / 16u], unit / 4u));
}

fn scale_of(scales: KvUnit, block: u32) -> f32 {
  let pair = unpack2x16float(select(scales.x, scales.y, (block & 2u) != 0u));
  return select(pair.x, pair.y, (block & 1u) != 0u);
}

fn dims_of(codes: KvUnit, scale: f32) -> Dims {
  return Dims(scale * unpack4x8snorm(codes.x), scale * unpack4x8snorm(codes.y));
}
