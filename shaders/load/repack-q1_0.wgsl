// Q1_0, 18 bytes per 128 weights: d f16, bits[16]; d where a bit is set, else -d. Planes:
// lib/weight/q1_0.wgsl.
fn d_plane() -> u32 {
  return params.n_spans / 4u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  let bits = raw_vec4(start + 2u);
  var words = vec4<u32>();
  for (var j = 0u; j < 8u; j++) {
    words |= bits_to_bytes(bits >> vec4<u32>(4u * j)) << vec4<u32>(j);
  }
  planes[to_block] = words;
  return raw_half(start);
}
