// Four blocks, whose records of a word each share a vec4. The format's file has
//
//   records_plane()                 the first vec4 of the plane of records
//   repack_block(start, to_block)   all but the record, from the block at byte `start` of raw to block
//                                   `to_block` of the piece; the record
fn repack_group(first: u32, end: u32) {
  let to = params.first_block + first;
  var records = vec4<u32>();
  for (var i = 0u; i < end - first; i++) {
    records[i] = repack_block((first + i) * BLOCK_BYTES, to + i);
  }
  planes[records_plane() + (to >> 2u)] = records;
}
