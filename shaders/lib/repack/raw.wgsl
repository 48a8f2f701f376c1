// Shared by all repacking kernels: the buffers, and the reading of blocks that begin at any byte.
//
//   raw      bytes of blocks [first_block, first_block + n_blocks) as in the file, the first at byte 0
//   planes   the whole piece, n_spans spans; planes as in lib/weight/
//
// One invocation takes GROUP_BLOCKS blocks, as many as fill whole vec4 of each plane. What is long is read
// and written by vec4: word by word it took 1.6 to 5 times as long on software adapters. A read may reach up
// to 32 bytes past the slice; what comes is not used.

struct Params {
  n_spans: u32,
  first_block: u32,
  n_blocks: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> raw: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> planes: array<vec4<u32>>;

// A file lib/repack/group-*.wgsl has repack_group: from blocks [first, end) of raw, at most GROUP_BLOCKS.
@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  // The grid is folded into rows.
  let invocation = (workgroup.y * workgroups.x + workgroup.x) * WORKGROUP_SIZE + lane;
  let first = invocation * GROUP_BLOCKS;
  if (first < params.n_blocks) {
    repack_group(first, min(first + GROUP_BLOCKS, params.n_blocks));
  }
}

fn raw_aligned_word(byte: u32) -> u32 {
  return raw[byte >> 4u][(byte >> 2u) & 3u];
}

fn raw_byte(byte: u32) -> u32 {
  return (raw_aligned_word(byte) >> ((byte & 3u) * 8u)) & 0xFFu;
}

// The two bytes at an even address.
fn raw_half(byte: u32) -> u32 {
  return (raw_aligned_word(byte) >> ((byte & 2u) * 8u)) & 0xFFFFu;
}

// The four bytes at any address.
fn raw_word(byte: u32) -> u32 {
  let shift = (byte & 3u) * 8u;
  if (shift == 0u) {
    return raw_aligned_word(byte);
  }
  return (raw_aligned_word(byte) >> shift) | (raw_aligned_word(byte + 4u) << (32u - shift));
}

// The 16 bytes that begin `byte & 15` bytes after `low` does, which `high` follows.
fn shifted(low: vec4<u32>, high: vec4<u32>, byte: u32) -> vec4<u32> {
  let by_two = (byte & 8u) != 0u;
  let by_one = (byte & 4u) != 0u;
  let even = select(low, vec4<u32>(low.zw, high.xy), by_two);
  let after_even = select(high.xy, high.zw, by_two);
  let words = select(even, vec4<u32>(even.yzw, after_even.x), by_one);
  let after = vec4<u32>(words.yzw, select(after_even.x, after_even.y, by_one));
  let bits = vec4<u32>((byte & 3u) * 8u);
  return (words >> bits) | ((after << (31u - bits)) << vec4<u32>(1u));
}

// The 16 bytes at any address.
fn raw_vec4(byte: u32) -> vec4<u32> {
  let at = byte >> 4u;
  if (BLOCK_BYTES % 16u == 0u) { // then every address is a whole vec4
    return raw[at];
  }
  return shifted(raw[at], raw[at + 1u], byte);
}

// 32 bytes: words 0 to 3 and 4 to 7.
struct Run {
  low: vec4<u32>,
  high: vec4<u32>,
}

// The 32 bytes at any address.
fn raw_run(byte: u32) -> Run {
  let at = byte >> 4u;
  let middle = raw[at + 1u];
  if (BLOCK_BYTES % 16u == 0u) {
    return Run(raw[at], middle);
  }
  return Run(shifted(raw[at], middle, byte), shifted(middle, raw[at + 2u], byte));
}

fn even_words(run: Run) -> vec4<u32> {
  return vec4<u32>(run.low.xz, run.high.xz);
}

fn odd_words(run: Run) -> vec4<u32> {
  return vec4<u32>(run.low.yw, run.high.yw);
}

fn joined(v: vec4<u32>) -> u32 {
  return v.x | v.y | v.z | v.w;
}
