// What every repacking kernel has in common: its buffers, and how it reads blocks that begin at any byte.
//
//   raw      bytes of blocks [first_block, first_block + n_blocks) as in the file, the first at byte 0
//   planes   the whole piece, n_spans spans; planes as in lib/weight-*.wgsl

struct Params {
  n_spans: u32,
  first_block: u32,
  n_blocks: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> raw: array<u32>;
@group(0) @binding(2) var<storage, read_write> planes: array<u32>;

const WORKGROUP_SIZE = 64u;
const NIBBLES = 0x0F0F0F0Fu;

// The invocation's number in a grid that is folded into rows.
fn invocation_of(workgroup: vec3<u32>, workgroups: vec3<u32>, lane: u32) -> u32 {
  return (workgroup.y * workgroups.x + workgroup.x) * WORKGROUP_SIZE + lane;
}

fn raw_byte(byte: u32) -> u32 {
  return (raw[byte >> 2u] >> ((byte & 3u) * 8u)) & 0xFFu;
}

// The two bytes at an even address.
fn raw_half(byte: u32) -> u32 {
  return (raw[byte >> 2u] >> ((byte & 2u) * 8u)) & 0xFFFFu;
}

// The four bytes at any address.
fn raw_word(byte: u32) -> u32 {
  let at = byte >> 2u;
  let shift = (byte & 3u) * 8u;
  if (shift == 0u) {
    return raw[at];
  }
  return (raw[at] >> shift) | (raw[at + 1u] << (32u - shift));
}

// Eight codes from the nibbles `shift` (0 or 4) of eight bytes: those of the first four low, of the last four high.
fn nibbles_of(first: u32, last: u32, shift: u32) -> u32 {
  return ((first >> shift) & NIBBLES) | (((last >> shift) & NIBBLES) << 4u);
}

// Writes a span's plane of nibbles to word `codes`. Its 16 bytes begin at byte `bytes`: byte i has codes i (low nibble) and i + 16.
fn put_span_nibbles(codes: u32, bytes: u32) {
  for (var j = 0u; j < 4u; j++) {
    let from_bytes = bytes + 8u * (j & 1u);
    planes[codes + j] = nibbles_of(raw_word(from_bytes), raw_word(from_bytes + 4u), 4u * (j >> 1u));
  }
}

// Writes the pairs of a block's 8 spans, 2 words each, from word `pairs` on. Their 64 bytes begin at byte `bytes`: code l of span
// 4 n + g is pair g of byte 32 n + l.
fn put_block_pairs(pairs: u32, bytes: u32) {
  for (var span = 0u; span < 8u; span++) {
    let shift = 2u * (span & 3u);
    var first = 0u;
    var last = 0u;
    for (var j = 0u; j < 4u; j++) {
      let from_bytes = bytes + 32u * (span >> 2u) + 8u * j;
      first |= ((raw_word(from_bytes) >> shift) & 0x03030303u) << (2u * j);
      last |= ((raw_word(from_bytes + 4u) >> shift) & 0x03030303u) << (2u * j);
    }
    planes[pairs + 2u * span] = first;
    planes[pairs + 2u * span + 1u] = last;
  }
}

// Writes the high bits of a block's 8 spans, 1 word each, from word `bits` on. Their 32 bytes begin at byte `bytes`: the bit of
// code l of span s is bit s of byte l.
fn put_block_bits(bits: u32, bytes: u32) {
  for (var span = 0u; span < 8u; span++) {
    var word = 0u;
    for (var j = 0u; j < 4u; j++) {
      let from_bytes = bytes + 8u * j;
      word |= ((raw_word(from_bytes) >> span) & 0x01010101u) << j;
      word |= ((raw_word(from_bytes + 4u) >> span) & 0x01010101u) << (j + 4u);
    }
    planes[bits + span] = word;
  }
}

// The lowest four bits of `bits`, one to a byte.
fn bits_to_bytes(bits: u32) -> u32 {
  return (bits & 1u) | ((bits & 2u) << 7u) | ((bits & 4u) << 14u) | ((bits & 8u) << 21u);
}
