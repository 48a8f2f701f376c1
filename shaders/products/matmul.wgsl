// The product of prefill (lib/product.wgsl) in tiles.
//
// A workgroup makes a tile of TILE_ROWS rows by TILE_TOKENS tokens, each lane 8 rows by 4 tokens of it. K
// goes in stages of STAGE_SPANS spans of 32: one lane a row unpacks its weights into workgroup memory, the
// lanes beyond those (or all, where there are none) bring the tokens' values, then all multiply. lib/tile/
// says in what arithmetic. Spans past the end count as zero.
//
// Tiled as in Volkov & Demmel 2008, "Benchmarking GPUs to tune dense linear algebra".

// TILE_ROWS, TILE_TOKENS and STAGE_SPANS are given when the file is linked; there are at least as many lanes
// as rows.
const ROW_STEP = TILE_ROWS / 8u; // from one of a lane's rows to the next
const TOKEN_STEP = TILE_TOKENS / 4u;
const LANES = ROW_STEP * TOKEN_STEP;
const FIRST_INPUT_LANE = select(0u, TILE_ROWS, LANES > TILE_ROWS);
const INPUT_LANES = LANES - FIRST_INPUT_LANE;

// A lane's sums: one vec4 over its tokens for each of its rows.
struct Sums {
  row_0: vec4<f32>,
  row_1: vec4<f32>,
  row_2: vec4<f32>,
  row_3: vec4<f32>,
  row_4: vec4<f32>,
  row_5: vec4<f32>,
  row_6: vec4<f32>,
  row_7: vec4<f32>,
}

// One after another in a loop: 32 copies of `store` take longer to compile than all the rest.
fn store_all(all: Sums, first_row: u32, first_token: u32) {
  var rest = all;
  for (var row = 0u; row < 8u; row++) {
    for (var token = 0u; token < 4u; token++) {
      store(first_row + row * ROW_STEP, first_token + token * TOKEN_STEP, rest.row_0.x);
      rest.row_0 = rest.row_0.yzwx;
    }
    rest = Sums(rest.row_1, rest.row_2, rest.row_3, rest.row_4, rest.row_5, rest.row_6, rest.row_7, rest.row_0);
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let first_token = workgroup.x * TILE_TOKENS;
  let first_row = workgroup.y * TILE_ROWS;
  let from_row = min(first_row + lane, params.n_rows - 1u) * params.row_spans;
  let row = lane % ROW_STEP;
  let token = lane / ROW_STEP;

  var sums = Sums();
  for (var stage = 0u; stage < params.row_spans; stage += STAGE_SPANS) {
    if (lane < TILE_ROWS) {
      for (var s = 0u; s < STAGE_SPANS; s++) {
        tile_put_weight(lane, s, from_row + min(stage + s, params.row_spans - 1u));
      }
    }
    if (lane >= FIRST_INPUT_LANE) {
      tile_put_inputs(lane - FIRST_INPUT_LANE, first_token, stage);
    }
    workgroupBarrier();
    for (var s = 0u; s < STAGE_SPANS; s++) {
      sums = tile_add(sums, row, token, s);
    }
    workgroupBarrier();
  }
  store_all(sums, first_row + row, first_token + token);
}
