// Shared by the IQ2 types: d * (2 s + 1) / 8 * 8, 25 or 43, with a sign.
const TABLE = array<i32, 8>(8, 25, 43, 0, -8, -25, -43, 0);

fn block_d(start: u32) -> u32 {
  return raw_half(start);
}

// The eighth sign of a run makes their number even.
fn eight_signs(seven: vec4<u32>) -> vec4<u32> {
  return seven | ((countOneBits(seven) & vec4<u32>(1u)) << vec4<u32>(7u));
}

// 2 s + 1 of the two nibbles of a byte.
fn odd_scales(nibbles: u32) -> u32 {
  return (((nibbles & 15u) | ((nibbles & 0xF0u) << 4u)) << 1u) + 0x0101u;
}
