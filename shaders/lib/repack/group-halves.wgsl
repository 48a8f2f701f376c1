// Eight blocks, whose f16 scales d share a vec4. The format's file has
//
//   d_plane()                       the first vec4 of the plane of d
//   repack_block(start, to_block)   all but d, from the block at byte `start` of raw to block `to_block` of
//                                   the piece; d
fn repack_group(first: u32, end: u32) {
  let to = params.first_block + first;
  var halves = vec4<u32>();
  for (var i = 0u; i < end - first; i++) {
    halves[i >> 1u] |= repack_block((first + i) * BLOCK_BYTES, to + i) << ((i & 1u) * 16u);
  }
  planes[d_plane() + (to >> 3u)] = halves;
}
