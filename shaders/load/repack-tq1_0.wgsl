// TQ1_0, 54 bytes per 256 weights: bytes[52] of trits, d f16; d * (trit - 1)  ->  PQ2_0 with d twice.
//
// Trit n of bytes 0 .. 31 is span n; trits 0 .. 4 of bytes 32 .. 47 are the next 80 weights, trits 0 .. 3 of
// bytes 48 .. 51 the last 16.
fn repack_block(start: u32, to_block: u32) -> u32 {
  var pairs: array<vec2<u32>, 8>;
  let run = raw_run(start);
  var low = trits_in(run.low);
  var high = trits_in(run.high);
  for (var i = 0u; i < 5u; i++) {
    pairs[i] = span_pairs(take(&low), take(&high));
  }
  var middle = trits_in(raw_vec4(start + 32u));
  for (var i = 5u; i < 7u; i++) {
    let first = take(&middle);
    pairs[i] = span_pairs(first, take(&middle));
  }
  // The last word's bytes four times: its trit n comes from place n.
  var end = trits_in(vec4<u32>(raw_word(start + 48u)));
  let trits = array<vec4<u32>, 4>(take(&end), take(&end), take(&end), take(&end));
  pairs[7] = span_pairs(take(&middle), vec4<u32>(trits[0].x, trits[1].x, trits[2].x, trits[3].x));
  for (var i = 0u; i < 4u; i++) {
    planes[to_block * 4u + i] = vec4<u32>(pairs[2u * i], pairs[2u * i + 1u]);
  }
  return ternary_record(raw_half(start + 52u));
}
