// IQ1_M, 56 bytes per 256 weights: runs[32], nibbles[16], words u16[4]  ->  Q3_TABLE.
//
// A run's nibble has its 3 upper bits, and whether 1/8 is taken off. A word has 4 scales of 3 bits, then a
// nibble of d, the lowest first.
fn read_span(start: u32, span: u32) -> Runs {
  let nibbles = (vec4<u32>(raw_half(start + 32u + 2u * span)) >> vec4<u32>(0u, 4u, 8u, 12u)) & vec4<u32>(15u);
  let numbers = raw_bytes(start + 4u * span) | ((nibbles & vec4<u32>(7u)) << vec4<u32>(8u));
  let two = raw_half(start + 48u + 2u * (span >> 1u)) >> (6u * (span & 1u));
  let scales = (2u * (two & 7u) + 1u) | ((2u * ((two >> 3u) & 7u) + 1u) << 8u);
  return Runs(numbers, (nibbles >> vec4<u32>(3u)) * 0xFFu, scales);
}

fn block_d(start: u32) -> u32 {
  return (raw_half(start + 48u) >> 12u) | ((raw_half(start + 50u) >> 12u) << 4u)
    | ((raw_half(start + 52u) >> 12u) << 8u) | ((raw_half(start + 54u) >> 12u) << 12u);
}
