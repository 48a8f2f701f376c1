enable f16;
enable subgroups;
enable chromium_experimental_subgroup_matrix;
// The product of prefill (lib/product.wgsl) on subgroup matrices: tensor cores and their like. f16 operands,
// f32 sums.
//
// A workgroup makes a tile of TILE_ROWS rows by TILE_TOKENS tokens, each of its four subgroups a quarter, in
// matrices of MATRIX_M tokens by MATRIX_N rows. K goes in stages of one span of 32.
//
// A scale for each span, as lib/tile/f16.wgsl has it, would have to be put on sums that lie scattered over a
// subgroup's lanes, so a row and a token have one scale for all of K. A token's is 64 until its values are
// known: f16 then holds one whose largest value is 2^-8 to 1000 with no bit lost that counts, which is any
// that has been through a norm. A row's is 1024, for weights up to 60. Where a tile has others it is made
// once more, those scaled to 2^14, and no others, so that a token's numbers do not depend on those beside it.
//
// TILE_ROWS, TILE_TOKENS, MATRIX_M, MATRIX_N, MATRIX_K and SUBGROUP_SIZE are given when the file is linked.
// Where subgroups have fewer lanes, those past the fourth make what others make, and store nothing. Where
// they have more, quarters are missing: the tuner compares with the baseline's numbers before this is used.

const LANES = 4u * SUBGROUP_SIZE;
const FIRST_INPUT_LANE = select(0u, TILE_ROWS, LANES > TILE_ROWS);
const INPUT_LANES = LANES - FIRST_INPUT_LANE;
const ROWS_A_LANE = (TILE_ROWS + LANES - 1u) / LANES;
// Lanes that bring one token, in a stage of 8 vec4s; a power of two.
const LANES_A_TOKEN = select(select(1u, 2u, INPUT_LANES >= 2u * TILE_TOKENS), 4u, INPUT_LANES >= 4u * TILE_TOKENS);
const TOKENS_A_LANE = (TILE_TOKENS * LANES_A_TOKEN + INPUT_LANES - 1u) / INPUT_LANES;
const TOKEN_STEP = INPUT_LANES / LANES_A_TOKEN;
const COLUMNS_A_LANE = 8u / LANES_A_TOKEN;

const QUARTER_TOKENS = TILE_TOKENS / 2u;
const QUARTER_ROWS = TILE_ROWS / 2u;
const COUNT_M = QUARTER_TOKENS / MATRIX_M;
const COUNT_N = QUARTER_ROWS / MATRIX_N;
const COLUMNS = MATRIX_K / 4u; // of a matrix, as vec4s
const STEPS = 8u / COLUMNS;
const MATRIX_SIZE = MATRIX_M * MATRIX_N;

// The subgroups bring out their sums together, or two at a time where 16 KiB would not hold them.
const BYTES_BESIDE = (TILE_ROWS + TILE_TOKENS) * (64u + 8u) + 16u;
const AT_ONCE = select(2u, 4u, BYTES_BESIDE + 16u * MATRIX_SIZE <= 16384u);

alias Left = subgroup_matrix_left<f16, MATRIX_K, MATRIX_M>;
alias Right = subgroup_matrix_right<f16, MATRIX_N, MATRIX_K>;
alias Sum = subgroup_matrix_result<f32, MATRIX_N, MATRIX_M>;

const USUAL_ROW_SCALE = 1024.0;
const USUAL_TOKEN_SCALE = 64.0;

// A matrix after the other: [step][row or token][MATRIX_K], so that one is read from end to end.
var<workgroup> weight_tile: array<vec4<f16>, TILE_ROWS * 8u>;
var<workgroup> input_tile: array<vec4<f16>, TILE_TOKENS * 8u>;
var<workgroup> results: array<f32, AT_ONCE * MATRIX_SIZE>;
var<workgroup> row_scales: array<f32, TILE_ROWS>;
var<workgroup> token_scales: array<f32, TILE_TOKENS>;
// The largest of a row's weights and of a token's values, as bits: these have the same order.
var<workgroup> row_largest: array<atomic<u32>, TILE_ROWS>;
var<workgroup> token_largest: array<atomic<u32>, TILE_TOKENS>;
var<workgroup> unusual: atomic<u32>; // not 0 if there is any
var<workgroup> is_again: u32;

fn larger(seen: f32, v: vec4<f32>) -> f32 {
  let size = abs(v);
  return max(max(seen, max(size.x, size.y)), max(size.z, size.w));
}

// @returns the largest of the weights, or of what was seen before
fn put_weight(row: u32, span: u32, seen: f32) -> f32 {
  let w = weight_span(span);
  let scale = row_scales[row];
  var most = seen;
  for (var i = 0u; i < 8u; i++) {
    most = larger(most, w[i]);
    weight_tile[((i / COLUMNS) * TILE_ROWS + row) * COLUMNS + i % COLUMNS] = vec4<f16>(w[i] * scale);
  }
  return most;
}

fn put_input(token: u32, first_column: u32, at_span: u32, seen: f32) -> f32 {
  let scale = token_scales[token];
  var most = seen;
  for (var i = first_column; i < first_column + COLUMNS_A_LANE; i++) {
    let value = x[at_span * 8u + i];
    most = larger(most, value);
    input_tile[((i / COLUMNS) * TILE_TOKENS + token) * COLUMNS + i % COLUMNS] = vec4<f16>(value * scale);
  }
  return most;
}

fn is_outside(bits: u32, least: f32, most: f32) -> bool {
  return bits > bitcast<u32>(most) || (bits != 0u && bits < bitcast<u32>(least));
}

// The power of two that brings a number of these bits to [2^14, 2^15).
fn scale_for(bits: u32) -> f32 {
  return bitcast<f32>(clamp(127u + 14u + 127u - (bits >> 23u), 1u, 253u) << 23u);
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_id) subgroup: u32,
  @builtin(subgroup_invocation_id) lane_of_subgroup: u32,
  @builtin(subgroup_size) subgroup_size: u32,
) {
  let first_token = workgroup.x * TILE_TOKENS;
  let first_row = workgroup.y * TILE_ROWS;
  let quarter_token = (subgroup & 1u) * QUARTER_TOKENS;
  let quarter_row = ((subgroup >> 1u) & 1u) * QUARTER_ROWS;
  // A lane always has the same rows or tokens, or both.
  let input_lane = lane - FIRST_INPUT_LANE;
  let has_inputs = lane >= FIRST_INPUT_LANE;
  let own_token = input_lane / LANES_A_TOKEN;
  let own_column = (input_lane % LANES_A_TOKEN) * COLUMNS_A_LANE;
  for (var row = lane; row < TILE_ROWS; row += LANES) {
    row_scales[row] = USUAL_ROW_SCALE;
  }
  for (var token = lane; token < TILE_TOKENS; token += LANES) {
    token_scales[token] = USUAL_TOKEN_SCALE;
  }

  var sums: array<Sum, COUNT_M * COUNT_N>;
  for (var attempt = 0u; attempt < 2u; attempt++) {
    workgroupBarrier();
    for (var i = 0u; i < COUNT_M * COUNT_N; i++) {
      sums[i] = Sum();
    }
    var seen_weights: array<f32, ROWS_A_LANE>;
    var seen_inputs: array<f32, TOKENS_A_LANE>;
    for (var span = 0u; span < params.row_spans; span++) {
      for (var n = 0u; n < ROWS_A_LANE; n++) {
        let row = lane + n * LANES;
        if (row < TILE_ROWS) {
          let at_span = min(first_row + row, params.n_rows - 1u) * params.row_spans + span;
          seen_weights[n] = put_weight(row, at_span, seen_weights[n]);
        }
      }
      for (var n = 0u; n < TOKENS_A_LANE; n++) {
        let token = own_token + n * TOKEN_STEP;
        if (has_inputs && token < TILE_TOKENS) {
          let at_span = min(first_token + token, step.n_tokens - 1u) * params.row_spans + span;
          seen_inputs[n] = put_input(token, own_column, at_span, seen_inputs[n]);
        }
      }
      workgroupBarrier();
      for (var s = 0u; s < STEPS; s++) {
        var left: array<Left, COUNT_M>;
        for (var m = 0u; m < COUNT_M; m++) {
          let at = (s * TILE_TOKENS + quarter_token + m * MATRIX_M) * COLUMNS;
          left[m] = subgroupMatrixLoad<Left, row_major>(&input_tile, at, COLUMNS);
        }
        for (var n = 0u; n < COUNT_N; n++) {
          let at = (s * TILE_ROWS + quarter_row + n * MATRIX_N) * COLUMNS;
          let right = subgroupMatrixLoad<Right, col_major>(&weight_tile, at, COLUMNS);
          for (var m = 0u; m < COUNT_M; m++) {
            sums[m * COUNT_N + n] = subgroupMatrixMultiplyAccumulate(left[m], right, sums[m * COUNT_N + n]);
          }
        }
      }
      workgroupBarrier();
    }
    if (attempt == 1u) {
      break;
    }

    for (var n = 0u; n < ROWS_A_LANE; n++) {
      let row = lane + n * LANES;
      if (row < TILE_ROWS) {
        atomicMax(&row_largest[row], bitcast<u32>(seen_weights[n]));
      }
    }
    for (var n = 0u; n < TOKENS_A_LANE; n++) {
      let token = own_token + n * TOKEN_STEP;
      if (has_inputs && token < TILE_TOKENS) {
        atomicMax(&token_largest[token], bitcast<u32>(seen_inputs[n]));
      }
    }
    workgroupBarrier();
    for (var row = lane; row < TILE_ROWS; row += LANES) {
      let bits = atomicLoad(&row_largest[row]);
      if (is_outside(bits, 0x1p-14, 60.0)) {
        row_scales[row] = scale_for(bits);
        atomicStore(&unusual, 1u);
      }
    }
    for (var token = lane; token < TILE_TOKENS; token += LANES) {
      let bits = atomicLoad(&token_largest[token]);
      if (is_outside(bits, 0x1p-8, 1000.0)) {
        token_scales[token] = scale_for(bits);
        atomicStore(&unusual, 1u);
      }
    }
    workgroupBarrier();
    if (lane == 0u) {
      is_again = atomicLoad(&unusual);
    }
    if (workgroupUniformLoad(&is_again) == 0u) {
      break;
    }
  }

  for (var i = 0u; i < COUNT_M * COUNT_N; i++) {
    for (var turn = 0u; turn < 4u / AT_ONCE; turn++) {
      let is_next = subgroup / AT_ONCE == turn;
      let at_matrix = (subgroup % AT_ONCE) * MATRIX_SIZE;
      if (is_next) {
        subgroupMatrixStore<row_major>(&results, at_matrix, sums[i], MATRIX_N);
      }
      workgroupBarrier();
      for (var at = lane_of_subgroup; at < MATRIX_SIZE && is_next; at += subgroup_size) {
        let token = quarter_token + (i / COUNT_N) * MATRIX_M + at / MATRIX_N;
        let row = quarter_row + (i % COUNT_N) * MATRIX_N + at % MATRIX_N;
        let sum = results[at_matrix + at] / token_scales[token] / row_scales[row];
        store(first_row + row, first_token + token, sum);
      }
      workgroupBarrier();
    }
  }
}
