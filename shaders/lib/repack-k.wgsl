// The parts that Q4_K and Q5_K blocks share: the record of scales, and the nibbles.

// The four words of a block's record from its first 16 bytes: d, dmin, then 12 bytes with 8 scales and 8 mins of 6 bits.
// Bytes 0-3: scales 0-3, bytes 4-7: mins 0-3, each with the upper pair of number s + 4 in its top bits;
// byte 8 + s: low nibbles of scale and of min s + 4.
fn record_of(start: u32) -> vec4<u32> {
  let scale_bytes = raw_word(start + 4u);
  let min_bytes = raw_word(start + 8u);
  let both_bytes = raw_word(start + 12u);
  var scales = 0u;
  var mins = 0u;
  var upper = 0u;
  for (var s = 0u; s < 4u; s++) {
    let scale = scale_bytes >> (8u * s);
    let minimum = min_bytes >> (8u * s);
    let both = both_bytes >> (8u * s);
    scales |= ((scale & 15u) << (4u * s)) | ((both & 15u) << (4u * s + 16u));
    mins |= ((minimum & 15u) << (4u * s)) | (((both >> 4u) & 15u) << (4u * s + 16u));
    upper |= (((scale >> 4u) & 3u) << (2u * s)) | (((scale >> 6u) & 3u) << (2u * s + 8u));
    upper |= (((minimum >> 4u) & 3u) << (2u * s + 16u)) | (((minimum >> 6u) & 3u) << (2u * s + 24u));
  }
  return vec4<u32>(raw_word(start), scales, mins, upper);
}

// Writes a block's record to word `record` and its 8 spans of nibbles from word `codes` on. In the block, spans 2 p and
// 2 p + 1 are the low and the high nibbles of bytes 32 p .. 32 p + 31, which begin at byte `nibbles`.
fn repack_k(start: u32, nibbles: u32, codes: u32, record: u32) {
  let words = record_of(start);
  planes[record] = words.x;
  planes[record + 1u] = words.y;
  planes[record + 2u] = words.z;
  planes[record + 3u] = words.w;
  for (var i = 0u; i < 16u; i++) {
    let first = raw_word(nibbles + 8u * i);
    let last = raw_word(nibbles + 8u * i + 4u);
    let at = codes + (i >> 2u) * 8u + (i & 3u);
    planes[at] = nibbles_of(first, last, 0u);
    planes[at + 4u] = nibbles_of(first, last, 4u);
  }
}
