// Moves codes of 4, 2 and 1 bits that share bytes in the file to the planes. Planes: lib/weight/.

const NIBBLES = vec4<u32>(0x0F0F0F0Fu);
const PAIRS = vec4<u32>(0x03030303u);
const BITS = vec4<u32>(0x01010101u);

// Writes a span's codes of a byte each. Its 32 bytes begin at byte `bytes`.
fn put_span_bytes(span: u32, bytes: u32) {
  let codes = raw_run(bytes);
  planes[span * 2u] = codes.low;
  planes[span * 2u + 1u] = codes.high;
}

// Words of eight codes from the nibbles `shift` (0 or 4) of eight bytes: those of `first` low, of `last`
// high.
fn nibbles_of(first: vec4<u32>, last: vec4<u32>, shift: vec4<u32>) -> vec4<u32> {
  return ((first >> shift) & NIBBLES) | (((last >> shift) & NIBBLES) << vec4<u32>(4u));
}

// A span's nibbles from its 16 bytes: byte i has codes i (low nibble) and i + 16.
fn span_nibbles(bytes: vec4<u32>) -> vec4<u32> {
  return nibbles_of(bytes.xzxz, bytes.ywyw, vec4<u32>(0u, 0u, 4u, 4u));
}

// Writes two spans' nibbles to vec4 `low` and `high`, from 32 bytes: their low and their high nibbles.
fn put_run_nibbles(low: u32, high: u32, bytes: u32) {
  let run = raw_run(bytes);
  let first = even_words(run);
  let last = odd_words(run);
  let by = vec4<u32>(4u);
  planes[low] = (first & NIBBLES) | ((last & NIBBLES) << by);
  planes[high] = ((first >> by) & NIBBLES) | (last & (NIBBLES << by));
}

// Writes the pairs of a block's 8 spans, 2 words each, from vec4 `pairs` on. Their 64 bytes begin at byte
// `bytes`: code l of span 4 n + g is pair g of byte 32 n + l.
fn put_block_pairs(pairs: u32, bytes: u32) {
  for (var i = 0u; i < 2u; i++) {
    let run = raw_run(bytes + 32u * i);
    let first = even_words(run);
    let last = odd_words(run);
    for (var j = 0u; j < 2u; j++) {
      let shift = vec4<u32>(4u * j);
      let a = first >> shift;
      let b = last >> shift;
      let two = vec4<u32>(2u);
      planes[pairs + 2u * i + j] =
        vec4<u32>(joined_pairs(a), joined_pairs(b), joined_pairs(a >> two), joined_pairs(b >> two));
    }
  }
}

// The lowest pairs of 16 bytes in a word.
fn joined_pairs(words: vec4<u32>) -> u32 {
  return joined((words & PAIRS) << vec4<u32>(0u, 2u, 4u, 6u));
}

// Writes the high bits of a block's 8 spans, 1 word each, from vec4 `bits` on. Their 32 bytes begin at byte
// `bytes`: the bit of code l of span s is bit s of byte l.
fn put_block_bits(bits: u32, bytes: u32) {
  let run = raw_run(bytes);
  let first = even_words(run);
  let last = odd_words(run);
  for (var i = 0u; i < 2u; i++) {
    var words = vec4<u32>();
    for (var j = 0u; j < 4u; j++) {
      let shift = vec4<u32>(4u * i + j);
      words[j] = joined_bits(first >> shift) | (joined_bits(last >> shift) << 4u);
    }
    planes[bits + i] = words;
  }
}

// The lowest bits of 16 bytes, in the lower halves of a word's bytes.
fn joined_bits(words: vec4<u32>) -> u32 {
  return joined((words & BITS) << vec4<u32>(0u, 1u, 2u, 3u));
}

// The lowest four pairs of each word, one to a byte.
fn pairs_to_bytes(words: vec4<u32>) -> vec4<u32> {
  return (words & vec4<u32>(0x03u)) | ((words & vec4<u32>(0x0Cu)) << vec4<u32>(6u))
    | ((words & vec4<u32>(0x30u)) << vec4<u32>(12u)) | ((words & vec4<u32>(0xC0u)) << vec4<u32>(18u));
}

// The lowest four bits of each word, one to a byte.
fn bits_to_bytes(bits: vec4<u32>) -> vec4<u32> {
  let by = vec4<u32>(7u);
  return (bits & vec4<u32>(1u)) | ((bits & vec4<u32>(2u)) << by) | ((bits & vec4<u32>(4u)) << (2u * by))
    | ((bits & vec4<u32>(8u)) << (3u * by));
}
