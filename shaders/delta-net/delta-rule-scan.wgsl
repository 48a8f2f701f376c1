// The gated delta rule by blocks of BLOCK tokens, second half: block after block, with T, P and decays of
// delta-rule-blocks.wgsl. For value head h with key head h % n_key_heads and the state S [value_dim, KEY_DIM]
// before the block:
//
//   delta_i = sum_j T[i, j] (v_j - decay_j S k_j)             the corrections of all tokens at once
//   o_i = decay_i S q_i + sum_j P[i, j] delta_j               read
//   S <- decay_n S + sum_j decay(j, n) delta_j k_j^T          forget and correct, once for the block
//
//   c       vec4 f32 [n_tokens, (q: n_key_heads * KEY_DIM | k: the same | v: n_value_heads * value_dim) / 4],
//           convolved
//   blocks  vec4 f32 [n_tokens, n_value_heads, T's row: BLOCK / 4 | P's row: BLOCK / 4 | (decay from the
//           block's start, the scale of k, that of q, decay to the block's end times the scale of k)]
//   state   vec4 f32 [n_value_heads, KEY_DIM / 4, value_dim]
//   o       vec4 f32 [n_tokens, n_value_heads, value_dim / 4]
//
// One workgroup for ROWS rows of S, which lie in workgroup memory. A lane has 4 rows of one token, where the
// block's products go over keys or tokens; and 4 rows by 4 keys of S, kept in registers too, where they are
// corrected. All that is multiplied comes in tiles of 256 vec4s, two a lane, the next of which is on its way
// while one is multiplied. Sums over a block's tokens go in an order that depends on where the block begins:
// the same bits for chunks of whole blocks, else the same to rounding. Yang et al. 2024, arXiv:2406.06484 and
// arXiv:2412.06464.

const LANES = 128u;
const ROW_VECS = ROWS / 4u;
const VECS = KEY_DIM / 4u;
const SLICE = 4u; // vec4s of a key and of a query in a tile
const UPDATE_TOKENS = 2u * LANES / VECS; // whose whole keys fill a tile
const BLOCK_VECS = BLOCK / 4u;

struct Params {
  n_key_heads: u32,
  n_value_heads: u32,
  value_dim: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> blocks: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> state: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> o: array<vec4<f32>>;

// Row 4 v + j of S lies at j * ROW_VECS + v, so that lanes at neighbouring v read neighbouring vec4s.
var<workgroup> s: array<vec4<f32>, VECS * ROWS>;
var<workgroup> tile: array<vec4<f32>, 2u * LANES>;
// what T, P and the keys are multiplied with, by token
var<workgroup> values: array<vec4<f32>, BLOCK * ROW_VECS>;

struct Block { first: u32, n: u32, head: u32 }

struct Pair { low: vec4<f32>, high: vec4<f32> }

// Tokens' rows of 8 vec4s: slices of keys and queries, or rows of T and P. Lanes at eight neighbouring ones
// meet different memory banks.
const ROW = 8u;
fn row_at(token: u32, i: u32) -> u32 { return token * ROW + (i ^ (token & 7u)); }

fn put_rows(pair: Pair, lane: u32) {
  tile[row_at(lane / ROW, lane % ROW)] = pair.low;
  tile[row_at((lane + LANES) / ROW, lane % ROW)] = pair.high;
}
fn put_keys(pair: Pair, lane: u32) {
  tile[lane] = pair.low;
  tile[lane + LANES] = pair.high;
}

fn c_row(block: Block, token: u32) -> u32 {
  return (block.first + min(token, block.n - 1u)) * (2u * params.n_key_heads * VECS + params.n_value_heads * params.value_dim / 4u);
}
fn queries_of(block: Block, token: u32) -> u32 {
  // GGUF keeps value heads tiled over key heads
  return c_row(block, token) + block.head % params.n_key_heads * VECS;
}
fn keys_of(block: Block, token: u32) -> u32 { return queries_of(block, token) + params.n_key_heads * VECS; }
fn record_of(block: Block, token: u32) -> u32 {
  return ((block.first + min(token, block.n - 1u)) * params.n_value_heads + block.head) * RECORD;
}

// Tokens past the end are zero.
fn token_vec(block: Block, slice: u32, i: u32) -> vec4<f32> {
  let token = i / ROW;
  let from_row = select(queries_of(block, token), keys_of(block, token), i % ROW < SLICE);
  return select(vec4<f32>(), c[from_row + slice * SLICE + i % SLICE], token < block.n);
}
fn token_tile(block: Block, slice: u32, lane: u32) -> Pair {
  return Pair(token_vec(block, slice, lane), token_vec(block, slice, lane + LANES));
}

fn square_vec(block: Block, first: u32, i: u32) -> vec4<f32> {
  let token = i / ROW;
  return select(vec4<f32>(), blocks[record_of(block, token) + first + i % ROW], token < block.n);
}
fn square_tile(block: Block, first: u32, lane: u32) -> Pair {
  return Pair(square_vec(block, first, lane), square_vec(block, first, lane + LANES));
}

fn key_vec(block: Block, first: u32, i: u32) -> vec4<f32> {
  let token = first + i / VECS;
  return select(vec4<f32>(), c[keys_of(block, token) + i % VECS], token < block.n);
}
fn key_tile(block: Block, first: u32, lane: u32) -> Pair {
  return Pair(key_vec(block, first, lane), key_vec(block, first, lane + LANES));
}

// Row `token` of the square in the tile, which is lower triangular, times what lies in `values`.
fn times_values(token: u32, v: u32) -> vec4<f32> {
  var sum = vec4<f32>();
  for (var i = 0u; i <= token / 4u; i++) {
    let j = 4u * i * ROW_VECS + v;
    let four = mat4x4<f32>(values[j], values[j + ROW_VECS], values[j + 2u * ROW_VECS], values[j + 3u * ROW_VECS]);
    sum += four * tile[row_at(token, i)];
  }
  return sum;
}

fn outer(k: vec4<f32>, rows: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(k * rows.x, k * rows.y, k * rows.z, k * rows.w);
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let head = group.y;
  let v = lane % ROW_VECS;
  let token = lane / ROW_VECS;
  let key = lane / ROW_VECS; // of S; lanes beyond VECS have none
  let first_row = group.x * ROWS + 4u * v; // value_dim is a multiple of ROWS
  let state_at = (head * VECS + key) * params.value_dim + first_row;
  let s_at = key * ROWS + v;

  var own = mat4x4<f32>(); // a column for each row of S
  if (key < VECS) {
    own = mat4x4<f32>(state[state_at], state[state_at + 1u], state[state_at + 2u], state[state_at + 3u]);
  }
  for (var first = 0u; first < step.n_tokens; first += BLOCK) {
    let block = Block(first, min(BLOCK, step.n_tokens - first), head);
    var next = token_tile(block, 0u, lane);
    if (key < VECS) {
      s[s_at] = own[0];
      s[s_at + ROW_VECS] = own[1];
      s[s_at + 2u * ROW_VECS] = own[2];
      s[s_at + 3u * ROW_VECS] = own[3];
    }

    var recalled = vec4<f32>(); // S k and S q
    var read = vec4<f32>();
    for (var slice = 0u; slice < VECS / SLICE; slice++) {
      workgroupBarrier(); // the tile before has been read
      put_rows(next, lane);
      workgroupBarrier();
      if (slice + 1u < VECS / SLICE) {
        next = token_tile(block, slice + 1u, lane);
      } else {
        next = square_tile(block, 0u, lane);
      }
      for (var i = 0u; i < SLICE; i++) {
        let j = (slice * SLICE + i) * ROWS + v;
        let rows = mat4x4<f32>(s[j], s[j + ROW_VECS], s[j + 2u * ROW_VECS], s[j + 3u * ROW_VECS]);
        recalled += tile[row_at(token, i)] * rows;
        read += tile[row_at(token, SLICE + i)] * rows;
      }
    }

    let scales = blocks[record_of(block, token) + 2u * BLOCK_VECS];
    let value_at = c_row(block, token) + 2u * params.n_key_heads * VECS + (head * params.value_dim + first_row) / 4u;
    workgroupBarrier();
    put_rows(next, lane);
    values[lane] = c[value_at] - scales.x * scales.y * recalled;
    workgroupBarrier();
    next = square_tile(block, BLOCK_VECS, lane);
    let delta = times_values(token, v);

    workgroupBarrier();
    put_rows(next, lane);
    values[lane] = delta;
    workgroupBarrier();
    next = key_tile(block, 0u, lane);
    if (token < block.n) {
      o[((first + token) * params.n_value_heads * params.value_dim + head * params.value_dim + first_row) / 4u] =
        scales.x * scales.z * read + times_values(token, v);
    }

    own *= blocks[record_of(block, block.n - 1u) + 2u * BLOCK_VECS].x;
    for (var part = 0u; part < block.n; part += UPDATE_TOKENS) {
      workgroupBarrier();
      put_keys(next, lane);
      if (part == 0u) { values[lane] = scales.w * delta; }
      workgroupBarrier();
      next = key_tile(block, part + UPDATE_TOKENS, lane);
      if (key < VECS) {
        for (var i = 0u; i < UPDATE_TOKENS; i++) {
          own += outer(tile[i * VECS + key], values[(part + i) * ROW_VECS + v]);
        }
      }
    }
  }

  if (key < VECS) {
    state[state_at] = own[0];
    state[state_at + 1u] = own[1];
    state[state_at + 2u] = own[2];
    state[state_at + 3u] = own[3];
  }
}
