// A block fills whole vec4 of each plane by itself. The format's file has
//
//   repack_block(start, to_block)   from the block at byte `start` of raw to block `to_block` of the piece
fn repack_group(first: u32, end: u32) {
  repack_block(first * BLOCK_BYTES, params.first_block + first);
}
