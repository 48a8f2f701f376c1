// Planes of Q2_K: lib/weight/q2_k.wgsl. Pairs are the first; d and dmin are a word of a record each.
fn scales_plane() -> u32 {
  return params.n_spans / 2u;
}

fn records_plane() -> u32 {
  return scales_plane() + params.n_spans / 8u;
}
