// Shared by the repackings to Q4_TABLE. The type's file has TABLE, the values of its 16 codes, each in int8.
// Planes: lib/weight/q4_table.wgsl. Scales are f32, a word of a record each.

// The vec4 of a span's codes.
fn codes_of(span: u32) -> u32 {
  return 1u + span;
}

fn records_plane() -> u32 {
  return 1u + params.n_spans;
}

// Whoever takes a piece's first block writes its table.
fn put_table(to_block: u32) {
  if (to_block != 0u) {
    return;
  }
  var table = vec4<u32>();
  for (var i = 0u; i < 16u; i++) {
    table[i >> 2u] |= (bitcast<u32>(TABLE[i]) & 0xFFu) << (8u * (i & 3u));
  }
  planes[0] = table;
}

// Writes the scales of a block's 8 spans.
fn put_block_scales(to_block: u32, scales: array<f32, 8>) {
  let at = records_plane() + to_block * 2u;
  planes[at] = bitcast<vec4<u32>>(vec4<f32>(scales[0], scales[1], scales[2], scales[3]));
  planes[at + 1u] = bitcast<vec4<u32>>(vec4<f32>(scales[4], scales[5], scales[6], scales[7]));
}
