// TQ1_0, 54 bytes per 256 weights: bytes[52] of trits, d f16; d * (trit - 1)  ->  two blocks of PTQ1_0.
//
// Trit n of bytes 0 .. 31 is span n; trits 0 .. 4 of bytes 32 .. 47 are the next 80 weights, trits 0 .. 3 of
// bytes 48 .. 51 the last 16.
fn repack_group(first_block: u32, end_block: u32) {
  let to = params.first_block + first_block;
  var records = vec4<u32>();
  for (var i = 0u; i < end_block - first_block; i++) {
    let start = (first_block + i) * BLOCK_BYTES;
    let run = raw_run(start);
    var low = trits_in(run.low);
    var high = trits_in(run.high);
    var halves: array<vec4<u32>, 16>;
    for (var n = 0u; n < 5u; n++) {
      halves[2u * n] = take(&low);
      halves[2u * n + 1u] = take(&high);
    }
    var middle = trits_in(raw_vec4(start + 32u));
    for (var n = 10u; n < 15u; n++) {
      halves[n] = take(&middle);
    }
    // The last word's bytes four times: its trit n comes from place n.
    var end = trits_in(vec4<u32>(raw_word(start + 48u)));
    let trits = array<vec4<u32>, 4>(take(&end), take(&end), take(&end), take(&end));
    halves[15] = vec4<u32>(trits[0].x, trits[1].x, trits[2].x, trits[3].x);
    let d = raw_half(start + 52u) << 16u;
    for (var b = 0u; b < 2u; b++) {
      var block: array<vec4<u32>, 8>;
      for (var n = 0u; n < 8u; n++) {
        block[n] = halves[8u * b + n];
      }
      records[2u * i + b] = d | put_trits(2u * (to + i) + b, block);
    }
  }
  planes[records_plane() + (to >> 1u)] = records;
}
