// IQ1_S, 50 bytes per 256 weights: d f16, runs[32], halves u16[8]  ->  Q3_TABLE.
//
// A half has 4 times 3 upper bits of the runs, a scale of 3 bits, and whether 1/8 is taken off.
fn read_span(start: u32, span: u32) -> Runs {
  let half = raw_half(start + 34u + 2u * span);
  let upper = (vec4<u32>(half) >> vec4<u32>(0u, 3u, 6u, 9u)) & vec4<u32>(7u);
  let numbers = raw_bytes(start + 2u + 4u * span) | (upper << vec4<u32>(8u));
  let scale = 2u * ((half >> 12u) & 7u) + 1u;
  return Runs(numbers, vec4<u32>(0xFFu * (half >> 15u)), scale * 0x0101u);
}

fn block_d(start: u32) -> u32 {
  return raw_half(start);
}
