// How codes of 4, 2 and 1 bits that share bytes in the file go to the planes. Planes: lib/weight-*.wgsl.

const NIBBLES = vec4<u32>(0x0F0F0F0Fu);
const PAIRS = vec4<u32>(0x03030303u);
const BITS = vec4<u32>(0x01010101u);

// Words of eight codes from the nibbles `shift` (0 or 4) of eight bytes: those of `first` low, of `last` high.
fn nibbles_of(first: vec4<u32>, last: vec4<u32>, shift: vec4<u32>) -> vec4<u32> {
  return ((first >> shift) & NIBBLES) | (((last >> shift) & NIBBLES) << vec4<u32>(4u));
}

// A span's nibbles from its 16 bytes: byte i has codes i (low nibble) and i + 16.
fn span_nibbles(bytes: vec4<u32>) -> vec4<u32> {
  return nibbles_of(bytes.xzxz, bytes.ywyw, vec4<u32>(0u, 0u, 4u, 4u));
}

// A span's nibbles from 32 bytes, one in each: the low ones (shift 0) or the high ones (4).
fn run_nibbles(run: Run, shift: u32) -> vec4<u32> {
  return nibbles_of(even_words(run), odd_words(run), vec4<u32>(shift));
}

// Writes the pairs of a block's 8 spans, 2 words each, from vec4 `pairs` on. Their 64 bytes begin at byte `bytes`: code l of span
// 4 n + g is pair g of byte 32 n + l.
fn put_block_pairs(pairs: u32, bytes: u32) {
  for (var i = 0u; i < 2u; i++) {
    let run = raw_run(bytes + 32u * i);
    planes[pairs + 2u * i] = vec4<u32>(run_pairs(run, 0u), run_pairs(run, 2u));
    planes[pairs + 2u * i + 1u] = vec4<u32>(run_pairs(run, 4u), run_pairs(run, 6u));
  }
}

fn run_pairs(run: Run, shift: u32) -> vec2<u32> {
  let by = vec4<u32>(0u, 2u, 4u, 6u);
  return vec2<u32>(
    joined(((even_words(run) >> vec4<u32>(shift)) & PAIRS) << by),
    joined(((odd_words(run) >> vec4<u32>(shift)) & PAIRS) << by),
  );
}

// Writes the high bits of a block's 8 spans, 1 word each, from vec4 `bits` on. Their 32 bytes begin at byte `bytes`: the bit of
// code l of span s is bit s of byte l.
fn put_block_bits(bits: u32, bytes: u32) {
  let run = raw_run(bytes);
  for (var i = 0u; i < 2u; i++) {
    let s = 4u * i;
    planes[bits + i] =
      vec4<u32>(run_bits(run, s), run_bits(run, s + 1u), run_bits(run, s + 2u), run_bits(run, s + 3u));
  }
}

fn run_bits(run: Run, shift: u32) -> u32 {
  return joined(((even_words(run) >> vec4<u32>(shift)) & BITS) << vec4<u32>(0u, 1u, 2u, 3u))
    | joined(((odd_words(run) >> vec4<u32>(shift)) & BITS) << vec4<u32>(4u, 5u, 6u, 7u));
}

// The lowest four bits of each word, one to a byte.
fn bits_to_bytes(bits: vec4<u32>) -> vec4<u32> {
  let by = vec4<u32>(7u);
  return (bits & vec4<u32>(1u)) | ((bits & vec4<u32>(2u)) << by) | ((bits & vec4<u32>(4u)) << (2u * by))
    | ((bits & vec4<u32>(8u)) << (3u * by));
}
