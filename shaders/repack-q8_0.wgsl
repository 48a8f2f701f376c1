// Q8_0, 34 bytes per 32 weights: d f16, int8[32]  ->  codes (2 vec4 per span), d (f16, 8 to a vec4).
//
// Blocks in pairs: lib/repack-pair.wgsl. Planes: lib/weight-q8_0.wgsl.
const D_BYTE = 0u;

fn d_plane() -> u32 {
  return params.n_spans * 8u;
}

fn repack_block(start: u32, to_block: u32) {
  for (var j = 0u; j < 8u; j++) {
    planes[to_block * 8u + j] = raw_word(start + 2u + 4u * j);
  }
}
