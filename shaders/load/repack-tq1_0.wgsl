// TQ1_0, 54 bytes per 256 weights: bytes[52] of trits, d f16; d * (trit - 1) -> Q2_K with every scale and min
// 1.
//
// A byte holds five trits, the first in the highest place: ceil(256 / 243 * (81 t0 + 27 t1 + 9 t2 + 3 t3 +
// t4)). Times 3 it overflows by the first trit, and what is left holds the others. Trit n of bytes 0 .. 31 is
// span n; trits 0 .. 4 of bytes 32 .. 47 are the next 80 weights, trits 0 .. 3 of bytes 48 .. 51 the last 16.

// Bytes in lanes of 16 bits, which a product with 3 fits.
struct Trits {
  even: vec4<u32>,
  odd: vec4<u32>,
}

const LANES = vec4<u32>(0x00FF00FFu);

fn trits_in(bytes: vec4<u32>) -> Trits {
  return Trits(bytes & LANES, (bytes >> vec4<u32>(8u)) & LANES);
}

// Takes the next trit of each byte, one to a byte.
fn take(rest: ptr<function, Trits>) -> vec4<u32> {
  let even = (*rest).even * 3u;
  let odd = (*rest).odd * 3u;
  *rest = Trits(even & LANES, odd & LANES);
  return ((even >> vec4<u32>(8u)) & LANES) | (odd & ~LANES);
}

// A span's pairs from its 32 codes, the first 16 and the last.
fn span_pairs(low: vec4<u32>, high: vec4<u32>) -> vec2<u32> {
  return vec2<u32>(joined_pairs(vec4<u32>(low.xz, high.xz)), joined_pairs(vec4<u32>(low.yw, high.yw)));
}

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
  put_ternary_scales(to_block);
  return ternary_record(raw_half(start + 52u));
}
