// The gated delta rule by blocks of BLOCK tokens, first half: what a block's tokens do to each other, before
// the state comes in. The second half is delta-rule-scan.wgsl. For value head h with key head h %
// n_key_heads; k, q, alpha and beta as in delta-rule.wgsl:
//
//   decay(j, i) = alpha_(j+1) ... alpha_i          1 for j = i
//   A[i, j] = beta_i decay(j, i) k_i . k_j         for j < i: how much of j's correction i takes back
//   T = (I + A)^-1 diag(beta)                      by forward substitution
//   P[i, j] = decay(j, i) q_i . k_j                for j <= i
//
//   c          vec4 f32 [n_tokens, (q: n_key_heads * KEY_DIM | k: the same | v: n_value_heads * value_dim) /
//              4], convolved
//   projected  f32 [n_tokens, row_stride]; x_b at column b_column + h, x_a at a_column + h
//   gates      f32 [a: n_value_heads | dt_bias: n_value_heads]; a = -exp(A_log), as GGUF stores it
//   blocks     vec4 f32 [n_tokens, n_value_heads, T's row: BLOCK / 4 | P's row: BLOCK / 4 | (decay from the
//              block's start, the scale of k, that of q, decay to the block's end times the scale of k)]; 4 x
//              4 above the diagonal are not written
//
// One workgroup per block and head. A lane makes 4 x 4 of both products; then a lane has a column of T to
// itself, four rows at a time, which needs no barrier. Decays are multiplied up, as the sequential kernel
// does: differences of summed logs would lose a slow decay that follows fast ones. Tokens past the end have k
// = q = 0, alpha = 1 and beta = 0, which leaves all others as they are. Bischof & Van Loan 1987 (WY); Yang et
// al. 2024, arXiv:2406.06484 (UT transform), arXiv:2412.06464 (gated).

const LANES = 64u; // the rows of keys and of queries
const VECS = KEY_DIM / 4u;
const SLICE = 4u; // vec4s of a row that are staged at once
const PITCH = SLICE + 1u; // one is left free, so that rows lie in different banks
const BLOCK_VECS = BLOCK / 4u;
const L2_EPS = 1e-6;

struct Params {
  n_key_heads: u32,
  n_value_heads: u32,
  value_dim: u32,
  row_stride: u32,
  b_column: u32,
  a_column: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> c: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> projected: array<f32>;
@group(0) @binding(4) var<storage, read> gates: array<f32>;
@group(0) @binding(5) var<storage, read_write> blocks: array<vec4<f32>>;

var<workgroup> staged: array<vec4<f32>, 2u * BLOCK * PITCH>; // keys, then queries
var<workgroup> scales: array<f32, 2u * BLOCK>;
var<workgroup> alphas: array<f32, BLOCK>;
var<workgroup> betas: array<f32, BLOCK>;
var<workgroup> corrections: array<vec4<f32>, BLOCK * BLOCK_VECS>; // A, by rows
var<workgroup> solved: array<vec4<f32>, BLOCK * BLOCK_VECS>; // T, by columns

fn record_of(token: u32, head: u32) -> u32 { return (token * params.n_value_heads + head) * RECORD; }

// 64 rows of SLICE vec4s, neighbouring lanes at neighbouring ones.
fn stage(first: u32, n: u32, slice: u32, key_head: u32, lane: u32) {
  let c_stride = 2u * params.n_key_heads * VECS + params.n_value_heads * params.value_dim / 4u;
  for (var i = lane; i < 2u * BLOCK * SLICE; i += LANES) {
    let row = i / SLICE;
    let token = row % BLOCK;
    let of_keys = select(0u, params.n_key_heads * VECS, row < BLOCK);
    let at = (first + min(token, n - 1u)) * c_stride + of_keys + key_head * VECS + slice * SLICE + i % SLICE;
    staged[row * PITCH + i % SLICE] = select(vec4<f32>(), c[at], token < n);
  }
}

fn four_rows(first: u32, i: u32) -> mat4x4<f32> {
  let at = first * PITCH + i;
  return mat4x4<f32>(staged[at], staged[at + PITCH], staged[at + 2u * PITCH], staged[at + 3u * PITCH]);
}

// Four rows of T in a column. Lanes at neighbouring columns meet different memory banks.
fn solved_at(column: u32, rows: u32) -> u32 { return column * BLOCK_VECS + (rows ^ (column & 7u)); }

// Dots of four rows with four others: a column for each row.
fn dots(rows: mat4x4<f32>, others: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(rows[0] * others, rows[1] * others, rows[2] * others, rows[3] * others);
}

fn next_column(m: mat4x4<f32>) -> mat4x4<f32> { return mat4x4<f32>(m[1], m[2], m[3], m[0]); }

// Column `column` of T: (I + A) T = diag(beta).
fn solve(column: u32) {
  for (var rows = 0u; rows < BLOCK_VECS; rows++) {
    let at = 4u * rows * BLOCK_VECS;
    var t = select(vec4<f32>(), vec4<f32>(betas[column]), vec4<u32>(0u, 1u, 2u, 3u) + 4u * rows == vec4<u32>(column));
    for (var i = column / 4u; i < rows; i++) {
      t -= solved[solved_at(column, i)] * mat4x4<f32>(
        corrections[at + i],
        corrections[at + BLOCK_VECS + i],
        corrections[at + 2u * BLOCK_VECS + i],
        corrections[at + 3u * BLOCK_VECS + i],
      );
    }
    t.y -= corrections[at + BLOCK_VECS + rows].x * t.x;
    t.z -= dot(corrections[at + 2u * BLOCK_VECS + rows].xy, t.xy);
    t.w -= dot(corrections[at + 3u * BLOCK_VECS + rows].xyz, t.xyz);
    solved[solved_at(column, rows)] = t;
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let first = group.x * BLOCK; // the grid is sized for the step
  let n = min(BLOCK, step.n_tokens - first);
  let head = group.y;

  let row = lane / 8u * 4u;
  let column = lane % 8u * 4u;
  var k_dots = mat4x4<f32>();
  var q_dots = mat4x4<f32>();
  var squares = 0.0; // of row `lane`
  for (var slice = 0u; slice < VECS / SLICE; slice++) {
    workgroupBarrier(); // what was staged has been read
    stage(first, n, slice, head % params.n_key_heads, lane); // GGUF keeps value heads tiled over key heads
    workgroupBarrier();
    for (var i = 0u; i < SLICE; i++) {
      let others = four_rows(column, i);
      k_dots += dots(four_rows(row, i), others);
      q_dots += dots(four_rows(BLOCK + row, i), others);
      squares += dot(staged[lane * PITCH + i], staged[lane * PITCH + i]);
    }
  }

  scales[lane] = 1.0 / sqrt((squares + L2_EPS) * select(1.0, f32(KEY_DIM), lane >= BLOCK));
  if (lane < BLOCK) {
    let gate_row = (first + min(lane, n - 1u)) * params.row_stride + head;
    let alpha = exp(gates[head] * softplus(projected[gate_row + params.a_column] + gates[params.n_value_heads + head]));
    alphas[lane] = select(1.0, alpha, lane < n);
    betas[lane] = select(0.0, sigmoid(projected[gate_row + params.b_column]), lane < n);
  }
  workgroupBarrier();

  if (lane < n) {
    var from_start = 1.0;
    var to_end = 1.0;
    for (var i = 0u; i < BLOCK; i++) {
      if (i <= lane) { from_start *= alphas[i]; } else { to_end *= alphas[i]; }
    }
    let scale = scales[lane];
    blocks[record_of(first + lane, head) + 2u * BLOCK_VECS] = vec4<f32>(from_start, scale, scales[BLOCK + lane], to_end * scale);
  }
  if (row >= column) {
    let columns = vec4<u32>(0u, 1u, 2u, 3u) + column;
    let column_scales = vec4<f32>(scales[column], scales[column + 1u], scales[column + 2u], scales[column + 3u]);
    var decays = vec4<f32>(1.0); // from each column to a row
    for (var i = column + 1u; i < row; i++) { decays *= select(vec4<f32>(1.0), vec4<f32>(alphas[i]), vec4<u32>(i) > columns); }
    for (var i = row; i < row + 4u; i++) {
      decays *= select(vec4<f32>(1.0), vec4<f32>(alphas[i]), vec4<u32>(i) > columns);
      let k_row = betas[i] * scales[i] * decays * column_scales * k_dots[0];
      let q_row = scales[BLOCK + i] * decays * column_scales * q_dots[0];
      corrections[i * BLOCK_VECS + column / 4u] = select(vec4<f32>(), k_row, vec4<u32>(i) > columns);
      if (i < n) {
        blocks[record_of(first + i, head) + BLOCK_VECS + column / 4u] = select(vec4<f32>(), q_row, vec4<u32>(i) >= columns);
      }
      k_dots = next_column(k_dots); // an index would be one in memory
      q_dots = next_column(q_dots);
    }
  }
  workgroupBarrier();
  if (lane < BLOCK) { solve(lane); }
  workgroupBarrier();
  if (row >= column) {
    var t = transpose(mat4x4<f32>(
      solved[solved_at(column, row / 4u)],
      solved[solved_at(column + 1u, row / 4u)],
      solved[solved_at(column + 2u, row / 4u)],
      solved[solved_at(column + 3u, row / 4u)],
    ));
    for (var i = row; i < min(row + 4u, n); i++) {
      blocks[record_of(first + i, head) + column / 4u] = t[0];
      t = next_column(t);
    }
  }
}
