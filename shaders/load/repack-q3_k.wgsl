// Q3_K, 110 bytes per 256 weights: high bits[32], pairs[64], scales[12], d f16; d * (scale - 32) * (code - 4)
//   ->  pairs (2 words per span), high bits (1 word per span), scales int8 (1 vec4 per block), d (f16, 8 to a
//       vec4).
//
// 16 scales of 6 bits: number s has its lower 4 bits in nibble s >> 3 of byte s & 7, its upper pair in pair s
// >> 2 of byte 8 + (s & 3). Planes: lib/weight/q3_k.wgsl.
fn scales_plane() -> u32 {
  return params.n_spans / 2u + params.n_spans / 4u;
}

fn d_plane() -> u32 {
  return scales_plane() + params.n_spans / 8u;
}

fn repack_block(start: u32, to_block: u32) -> u32 {
  put_block_pairs(to_block * 4u, start + 32u);
  put_block_bits(params.n_spans / 2u + to_block * 2u, start);

  let tail = raw_vec4(start + 96u); // the scales, then d
  let lower = (tail.xyxy >> vec4<u32>(0u, 0u, 4u, 4u)) & NIBBLES;
  let upper = (tail.zzzz >> vec4<u32>(0u, 2u, 4u, 6u)) & PAIRS;
  let scales = lower | (upper << vec4<u32>(4u));
  // scale - 32 is the lower 5 bits where the sixth is set, else those - 32: as int8, with all ones above
  // them.
  planes[scales_plane() + to_block] =
    (scales & vec4<u32>(0x1F1F1F1Fu)) | (((~scales >> vec4<u32>(5u)) & BITS) * 0xE0u);
  return tail.w & 0xFFFFu;
}
