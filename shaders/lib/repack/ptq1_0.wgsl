// Shared by the repackings to PTQ1_0, whose planes are in lib/weight/ptq1_0.wgsl: a block of 128 weights from
// its trits in order, four to a word.

fn records_plane() -> u32 {
  return params.n_spans / 4u + (params.n_spans + 7u) / 8u;
}

// Writes all but the record of block `block`; the two bytes of the record.
fn put_trits(block: u32, trits: array<vec4<u32>, 8>) -> u32 {
  var words: vec4<u32>;
  var halves: vec2<u32>;
  var lasts: vec4<u32>;
  for (var s = 0u; s < 4u; s++) {
    let a = trits[2u * s];
    let b = trits[2u * s + 1u];
    words[s] = bytes_of(array<u32, 5>(a.x, a.y, a.z, a.w, b.x));
    // In bytes 0 and 2: the trits that are the same place of the two bytes.
    let h = bytes_of(array<u32, 5>(b.y, b.y >> 8u, b.z, b.z >> 8u, b.w));
    halves[s >> 1u] |= ((h & 0xFFu) | ((h >> 8u) & 0xFF00u)) << (16u * (s & 1u));
    lasts[s] = b.w >> 8u;
  }
  planes[block] = words;
  // Two blocks share a vec4, and one invocation writes both.
  let at = params.n_spans / 4u + (block >> 1u);
  if ((block & 1u) == 0u) {
    planes[at] = vec4<u32>(halves, 0u, 0u);
  } else {
    planes[at] = vec4<u32>(planes[at].xy, halves);
  }
  let r = bytes_of(array<u32, 5>(lasts.x, lasts.y, lasts.z, lasts.w, 0u));
  return (r & 0xFFu) | ((r >> 8u) & 0xFF00u);
}

// The byte of five trits, for each of the four bytes of words that hold one trit a byte.
fn bytes_of(trits: array<u32, 5>) -> u32 {
  return lanes_of(trits, 0u) | (lanes_of(trits, 8u) << 8u);
}

fn lanes_of(trits: array<u32, 5>, shift: u32) -> u32 {
  let low = 0x00FF00FFu;
  var sum = 0u;
  for (var n = 0u; n < 5u; n++) {
    sum = 3u * sum + ((trits[n] >> shift) & low); // at most 242 in lanes of 16 bits
  }
  let lanes = (vec2<u32>(sum & 0xFFFFu, sum >> 16u) * 256u + 242u) / 243u;
  return lanes.x | (lanes.y << 16u);
}
