// What the repackings to Q4_TABLE have in common. The type's file has TABLE, the values of its 16 codes, each in int8.
// Planes: lib/weight-q4_table.wgsl.

fn put_scale(span: u32, scale: f32) {
  planes[4u + params.n_spans * 4u + span] = bitcast<u32>(scale);
}

// The word of a span's codes from which the others follow.
fn codes_of(span: u32) -> u32 {
  return 4u + span * 4u;
}

// Whoever takes a piece's first block writes its table.
fn put_table(to_block: u32) {
  if (to_block != 0u) {
    return;
  }
  for (var i = 0u; i < 4u; i++) {
    var word = 0u;
    for (var j = 0u; j < 4u; j++) {
      word |= (bitcast<u32>(TABLE[4u * i + j]) & 0xFFu) << (8u * j);
    }
    planes[i] = word;
  }
}
