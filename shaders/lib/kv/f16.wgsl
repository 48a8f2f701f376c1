// Reading keys and values that lie as two halves in a word: a row (one token and kv head) is HEAD_DIM / 8
// units of eight dims.

alias KvUnit = vec4<u32>;
const UNITS = HEAD_DIM / 8u;
const KV_ROW = UNITS; // units of a row

alias Packed = KvUnit; // eight dims as they are loaded
struct Dims { low: vec4<f32>, high: vec4<f32> }

fn packed_key(row: u32, unit: u32) -> Packed { return keys[row * KV_ROW + unit]; }
fn packed_value(row: u32, unit: u32) -> Packed { return values[row * KV_ROW + unit]; }

fn dims_of(packed: Packed) -> Dims {
  return Dims(
    vec4<f32>(unpack2x16float(packed.x), unpack2x16float(packed.y)),
    vec4<f32>(unpack2x16float(packed.z), unpack2x16float(packed.w)),
  );
}
