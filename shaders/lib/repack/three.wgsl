// Shared by the repackings to Q3_TABLE: a run of 8 codes is an entry of GRID, of 8 levels of 2 bits, with a
// high bit for each. Planes: lib/weight/q3_table.wgsl. The type's file has
//
//   TABLE                     the values of its 8 codes, in int8
//   read_span(start, span)    the runs of a span of the block at byte `start`
//   block_d(start)            the f16 bits of its d

struct Runs {
  numbers: vec4<u32>, // of the four entries
  high: vec4<u32>, // bit i of each belongs to code i of its run
  scales: u32, // of the first and the last 16 weights, a byte each
}

fn d_plane() -> u32 {
  return 1u + params.n_spans / 2u + params.n_spans / 4u + params.n_spans / 8u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  if (to_block == 0u) { // whoever takes a piece's first block writes its table
    var table = vec4<u32>();
    for (var i = 0u; i < 8u; i++) {
      table[i >> 2u] |= (bitcast<u32>(TABLE[i]) & 0xFFu) << (8u * (i & 3u));
    }
    planes[0] = table;
  }
  let high_plane = 1u + params.n_spans / 2u;
  var scales = vec4<u32>();
  for (var i = 0u; i < 2u; i++) {
    var high = vec4<u32>();
    var pairs: array<vec2<u32>, 4>;
    for (var j = 0u; j < 4u; j++) {
      let span = 4u * i + j;
      let runs = read_span(start, span);
      let levels = entries(runs.numbers);
      let by_run = vec4<u32>(0u, 2u, 4u, 6u);
      pairs[j] = vec2<u32>(joined(pairs_to_bytes(levels) << by_run), joined(pairs_to_bytes(levels >> vec4<u32>(8u)) << by_run));
      let low_bits = joined(bits_to_bytes(runs.high) << vec4<u32>(0u, 1u, 2u, 3u));
      high[j] = low_bits | joined(bits_to_bytes(runs.high >> vec4<u32>(4u)) << vec4<u32>(4u, 5u, 6u, 7u));
      scales[span >> 1u] |= runs.scales << (16u * (span & 1u));
    }
    planes[1u + to_block * 4u + 2u * i] = vec4<u32>(pairs[0], pairs[1]);
    planes[1u + to_block * 4u + 2u * i + 1u] = vec4<u32>(pairs[2], pairs[3]);
    planes[high_plane + to_block * 2u + i] = high;
  }
  planes[high_plane + params.n_spans / 4u + to_block] = scales;
  return block_d(start);
}

fn entries(numbers: vec4<u32>) -> vec4<u32> {
  let at = numbers >> vec4<u32>(1u);
  return vec4<u32>(GRID[at.x], GRID[at.y], GRID[at.z], GRID[at.w]) >> (16u * (numbers & vec4<u32>(1u)));
}

// The four bytes at any address, one to a word.
fn raw_bytes(byte: u32) -> vec4<u32> {
  return (vec4<u32>(raw_word(byte)) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(0xFFu);
}
