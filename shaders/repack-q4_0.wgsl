// Q4_0, 18 bytes per 32 weights: d f16, bytes[16]  ->  codes (1 vec4 per span), d (f16, 8 to a vec4).
//
// Blocks in pairs: lib/repack-pair.wgsl. Planes: lib/weight-q4_0.wgsl.
const D_BYTE = 0u;

fn d_plane() -> u32 {
  return params.n_spans * 4u;
}

fn repack_block(start: u32, to_block: u32) {
  put_span_nibbles(to_block * 4u, start + 2u);
}
