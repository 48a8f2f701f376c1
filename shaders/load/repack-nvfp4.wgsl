// NVFP4, 36 bytes for 64 weights: 4 scales of UE4M3, then for each 16 weights 8 bytes of nibbles, the low
// ones first. Planes: lib/weight/nvfp4.wgsl.
fn records_plane() -> u32 {
  return 1u + params.n_spans;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  if (to_block == 0u) { // the scale of the matrix, until the file's own is written there
    planes[0] = vec4<u32>(bitcast<u32>(1.0), 0u, 0u, 0u);
  }
  let low = vec4<u32>(0x0F0F0F0Fu);
  for (var s = 0u; s < 2u; s++) {
    // Two words for 16 weights: codes 0-3 and 8-11, then 4-7 and 12-15.
    let words = raw_vec4(start + 4u + 16u * s);
    let first = vec4<u32>(words.x, words.x >> 4u, words.z, words.z >> 4u) & low;
    let last = vec4<u32>(words.y, words.y >> 4u, words.w, words.w >> 4u) & low;
    planes[1u + 2u * to_block + s] = first | (last << vec4<u32>(4u));
  }
  // The top bit means nothing, and 0x7F, which would be no number, means 0.
  let by_byte = vec4<u32>(0u, 8u, 16u, 24u);
  let scales = (vec4<u32>(raw_word(start)) >> by_byte) & vec4<u32>(0xFFu);
  return joined(select(scales & vec4<u32>(0x7Fu), vec4<u32>(), scales == vec4<u32>(0x7Fu)) << by_byte);
}
