// Q5_0, 22 bytes per 32 weights: d f16, fifth bits u32, bytes[16]; d * (code - 16)
//   ->  Q8_0: codes (2 vec4 per span), d (f16, 8 to a vec4).
//
// Byte i has the lower 4 bits of codes i and i + 16; bit i is the fifth of code i.
// Blocks in pairs: lib/repack-pair.wgsl. Planes: lib/weight-q8_0.wgsl.
const D_BYTE = 0u;

fn d_plane() -> u32 {
  return params.n_spans * 8u;
}

fn repack_block(start: u32, to_block: u32) {
  let fifth = raw_word(start + 2u);
  for (var j = 0u; j < 8u; j++) {
    let nibbles = (raw_word(start + 6u + 4u * (j & 3u)) >> (4u * (j >> 2u))) & NIBBLES;
    // code - 16 is the nibble where the fifth bit is set, else nibble - 16: as int8, the nibble with all ones above it.
    planes[to_block * 8u + j] = nibbles | (bits_to_bytes(~fifth >> (4u * j)) * 0xF0u);
  }
}
