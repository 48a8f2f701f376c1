// The parts that Q4_K and Q5_K blocks share: the record of scales, and the nibbles.

// A block's record from its first 16 bytes: d, dmin, then 12 bytes with 8 scales and 8 mins of 6 bits.
// Bytes 0-3: scales 0-3, bytes 4-7: mins 0-3, each with the upper pair of number s + 4 in its top bits;
// byte 8 + s: low nibbles of scale and of min s + 4.
fn record_of(head: vec4<u32>) -> vec4<u32> {
  // low nibbles of scales 0-3, mins 0-3, scales 4-7, mins 4-7
  let lower = vec4<u32>(head.yz, head.w, head.w >> 4u);
  // pairs of scales 0-3, 4-7, mins 0-3, 4-7
  let upper = vec4<u32>(head.y >> 4u, head.y >> 6u, head.z >> 4u, head.z >> 6u);
  let halves = packed_nibbles(lower);
  let bytes = packed_pairs(upper) << vec4<u32>(0u, 8u, 16u, 24u);
  return vec4<u32>(head.x, halves.x | (halves.z << 16u), halves.y | (halves.w << 16u), joined(bytes));
}

// The low nibbles of a word's four bytes, in its lowest 16 bits.
fn packed_nibbles(words: vec4<u32>) -> vec4<u32> {
  let nibbles = words & NIBBLES;
  let bytes = (nibbles | (nibbles >> vec4<u32>(4u))) & vec4<u32>(0x00FF00FFu);
  return (bytes | (bytes >> vec4<u32>(8u))) & vec4<u32>(0xFFFFu);
}

// The lowest pairs of a word's four bytes, in its lowest 8 bits.
fn packed_pairs(words: vec4<u32>) -> vec4<u32> {
  let pairs = words & PAIRS;
  let nibbles = (pairs | (pairs >> vec4<u32>(6u))) & vec4<u32>(0x000F000Fu);
  return (nibbles | (nibbles >> vec4<u32>(12u))) & vec4<u32>(0xFFu);
}

// Writes a block's record to vec4 `record` and its 8 spans of nibbles from vec4 `codes` on. In the block,
// spans 2 p and 2 p + 1 are the low and the high nibbles of bytes 32 p .. 32 p + 31, which begin at byte
// `nibbles`.
fn repack_k(start: u32, nibbles: u32, codes: u32, record: u32) {
  planes[record] = record_of(raw_vec4(start));
  for (var p = 0u; p < 4u; p++) {
    put_run_nibbles(codes + 2u * p, codes + 2u * p + 1u, nibbles + 32u * p);
  }
}
