// Q6_K, 210 bytes per 256 weights: nibbles[128], high pairs[64], scales int8[16], d f16
//   ->  codes (1 vec4 per span), high pairs (2 words per span), scales (1 vec4 per block), d (f16, 8 to a
//       vec4).
//
// Code l of span 4 n + g: nibble g >> 1 of byte 64 n + 32 (g & 1) + l. Planes: lib/weight/q6_k.wgsl.
fn scales_plane() -> u32 {
  return params.n_spans + params.n_spans / 2u;
}

fn d_plane() -> u32 {
  return scales_plane() + params.n_spans / 8u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  for (var i = 0u; i < 4u; i++) {
    let span = to_block * 8u + 4u * (i >> 1u) + (i & 1u);
    put_run_nibbles(span, span + 2u, start + 32u * i);
  }
  put_block_pairs(params.n_spans + to_block * 4u, start + 128u);
  planes[scales_plane() + to_block] = raw_vec4(start + 192u);
  return raw_half(start + 208u);
}
