// Shared by the repackings to Q2_K. Planes: lib/weight/q2_k.wgsl. Pairs are the first; d and dmin are a word
// of a record each.
fn scales_plane() -> u32 {
  return params.n_spans / 2u;
}

fn records_plane() -> u32 {
  return scales_plane() + params.n_spans / 8u;
}

// Writes the scales of a ternary block, whose weights are d * code - d: all 1, and all mins 1.
fn put_ternary_scales(to_block: u32) {
  planes[scales_plane() + to_block] = vec4<u32>(0x11111111u);
}

// The record of a ternary block with the f16 bits `d`.
fn ternary_record(d: u32) -> u32 {
  return d | (d << 16u);
}
