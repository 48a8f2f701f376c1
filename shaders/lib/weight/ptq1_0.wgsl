// View of PTQ1_0 weights, ternary: d * (trit - 1); five trits a byte, as lib/repack/trits.wgsl says; d f16
// per 128 weights. As many bytes as in the file.
//
//   plane 0   words     1 word per span: trit n of byte b is code 4n + b
//   plane 1   halves    2 bytes per span: trits 0 and 1 of the first are codes 20 and 21, of the second 22
//             and 23; trits 2 and 3 are codes 24 to 27 in the same way; trits 4 are codes 28 and 30
//   plane 2   records   1 word per 4 spans: 2 bytes whose trit n is code 29 and 31 of span n; d above them
const weight_middle = 1.0;

// A span's trits, each in bits 8 and 9 or 24 and 25 of a word, the lower bits undefined.
struct weight_Trits {
  even: array<u32, 5>, // trit n of bytes 0 and 2 of the word
  odd: array<u32, 5>, // of bytes 1 and 3
  half: array<u32, 5>, // of the two bytes
  last: u32, // of the two bytes of the record
}

fn weight_trits(span: u32) -> weight_Trits {
  let word = weight[span >> 2u][span & 3u];
  let two = weight[(weight_spans() >> 2u) + (span >> 3u)][(span >> 1u) & 3u] >> ((span & 1u) * 16u);
  let record = weight_record(span);
  let low = 0x00FF00FFu;
  var even = word & low;
  var odd = (word >> 8u) & low;
  var half = (two & 0xFFu) | ((two & 0xFF00u) << 8u);
  var trits: weight_Trits;
  // Times 3 a byte overflows by its first trit, and what is left holds the others.
  for (var n = 0u; n < 5u; n++) {
    trits.even[n] = even * 3u;
    trits.odd[n] = odd * 3u;
    trits.half[n] = half * 3u;
    even = trits.even[n] & low;
    odd = trits.odd[n] & low;
    half = trits.half[n] & low;
  }
  // Trit n without those before it: times 3 to the power of n, which lanes of 16 bits hold.
  let power = (0x1B090301u >> (8u * (span & 3u))) & 0xFFu;
  trits.last = ((((record & 0xFFu) | ((record & 0xFF00u) << 8u)) * power) & low) * 3u;
  return trits;
}

fn weight_words(span: u32) -> array<u32, 8> {
  let t = weight_trits(span);
  return array<u32, 8>(
    weight_word(t.even[0], t.odd[0]), weight_word(t.even[1], t.odd[1]), weight_word(t.even[2], t.odd[2]),
    weight_word(t.even[3], t.odd[3]), weight_word(t.even[4], t.odd[4]),
    weight_word(t.half[0], t.half[1]), weight_word(t.half[2], t.half[3]), weight_word(t.half[4], t.last),
  );
}

// Four codes, one to a byte: the first and the third from `even`.
fn weight_word(even: u32, odd: u32) -> u32 {
  return ((even >> 8u) & 0x00FF00FFu) | (odd & 0xFF00FF00u);
}

// Hardware converts any byte of a word, so that no word of four codes has to be made.
fn weight_codes(span: u32) -> array<vec4<f32>, 8> {
  let t = weight_trits(span);
  return array<vec4<f32>, 8>(
    weight_numbers(t.even[0], t.odd[0]), weight_numbers(t.even[1], t.odd[1]), weight_numbers(t.even[2], t.odd[2]),
    weight_numbers(t.even[3], t.odd[3]), weight_numbers(t.even[4], t.odd[4]),
    weight_numbers(t.half[0], t.half[1]), weight_numbers(t.half[2], t.half[3]), weight_numbers(t.half[4], t.last),
  );
}

fn weight_numbers(even: u32, odd: u32) -> vec4<f32> {
  return vec4<f32>(vec4<u32>((even >> 8u) & 0xFFu, (odd >> 8u) & 0xFFu, even >> 24u, odd >> 24u));
}

fn weight_record(span: u32) -> u32 {
  let at = span >> 2u;
  return weight[(weight_spans() >> 2u) + ((weight_spans() + 7u) >> 3u) + (at >> 2u)][at & 3u];
}

fn weight_affine(span: u32) -> vec4<f32> {
  let d = unpack2x16float(weight_record(span)).y;
  return vec4<f32>(d, d, -d, -d);
}
