// PTQ1_0, 28 bytes per 128 weights: bytes[26] of trits, d f16; d * (trit - 1).
//
// Trit n of bytes 0 .. 15 is weight 16 n + byte, for the first 80 weights; of bytes 16 .. 23 it is 80 + 8 n +
// byte, and trits 0 .. 3 of bytes 24 and 25 are the last 8 weights.
fn repack_block(start: u32, to_block: u32) -> u32 {
  let end = vec3<u32>(raw_word(start + 16u), raw_word(start + 20u), raw_word(start + 24u));
  var first = trits_in(raw_vec4(start));
  var last = trits_in(end.xyzz);
  let runs = array<vec4<u32>, 5>(take(&first), take(&first), take(&first), take(&first), take(&first));
  let tails = array<vec4<u32>, 5>(take(&last), take(&last), take(&last), take(&last), take(&last));
  // Above the last two bytes lies d, whose trits are cut off.
  let eight = vec2<u32>((tails[0].z & 0xFFFFu) | (tails[1].z << 16u), (tails[2].z & 0xFFFFu) | (tails[3].z << 16u));
  let record = put_trits(to_block, array<vec4<u32>, 8>(
    runs[0], runs[1], runs[2], runs[3], runs[4],
    vec4<u32>(tails[0].xy, tails[1].xy), vec4<u32>(tails[2].xy, tails[3].xy), vec4<u32>(tails[4].xy, eight),
  ));
  return record | (end.z & 0xFFFF0000u);
}
