// IQ2_S, 82 bytes per 256 weights: d f16, runs[32], signs[32], upper bits of the runs[8], scales[8]; d * (1/2
// + scale) / 4 * level's value  ->  Q3_TABLE.
fn read_span(start: u32, span: u32) -> Runs {
  let upper = (vec4<u32>(raw_byte(start + 66u + span)) >> vec4<u32>(0u, 2u, 4u, 6u)) & vec4<u32>(3u);
  let numbers = raw_bytes(start + 2u + 4u * span) | (upper << vec4<u32>(8u));
  return Runs(numbers, raw_bytes(start + 34u + 4u * span), odd_scales(raw_byte(start + 74u + span)));
}
