// What every repacking kernel has in common: its buffers, and how it reads blocks that are only 2-byte aligned.
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

// The two bytes at an even address.
fn raw_half(byte: u32) -> u32 {
  return (raw[byte >> 2u] >> ((byte & 2u) * 8u)) & 0xFFFFu;
}

// The four bytes at an even address.
fn raw_word(byte: u32) -> u32 {
  let at = byte >> 2u;
  if ((byte & 2u) == 0u) {
    return raw[at];
  }
  return (raw[at] >> 16u) | (raw[at + 1u] << 16u);
}

// Eight codes from the nibbles `shift` (0 or 4) of eight bytes: those of the first four low, of the last four high.
fn nibbles_of(first: u32, last: u32, shift: u32) -> u32 {
  return ((first >> shift) & NIBBLES) | (((last >> shift) & NIBBLES) << 4u);
}
