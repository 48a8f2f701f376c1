// Bytes of five trits, the first in the highest place: ceil(256 / 243 * (81 t0 + 27 t1 + 9 t2 + 3 t3 + t4)).
// Times 3 a byte overflows by its first trit, and what is left holds the others.

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
