// Codes of 4 bits that number the entries of a table: value c is byte c & 3 of word c >> 2, in int8.

// The values of four codes, one to a byte. By select: an index that differs by lane would put the table in
// slow memory.
fn weight_values(table: vec4<u32>, bytes: u32) -> u32 {
  let codes = vec4<u32>(bytes) >> vec4<u32>(0u, 8u, 16u, 24u);
  let odd = (codes & vec4<u32>(4u)) != vec4<u32>(0u);
  let lower = select(table.xxxx, table.yyyy, odd);
  let upper = select(table.zzzz, table.wwww, odd);
  let words = select(lower, upper, (codes & vec4<u32>(8u)) != vec4<u32>(0u));
  let values = ((words >> (8u * (codes & vec4<u32>(3u)))) & vec4<u32>(0xFFu)) << vec4<u32>(0u, 8u, 16u, 24u);
  return (values.x | values.y) | (values.z | values.w);
}
