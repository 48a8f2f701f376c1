// Tiles of a product, STAGE_SPANS times 32 of K at a time, in f32. Linked with matmul.wgsl, whose sizes they
// have.
//
// Column i of a span, a vec4, lies beside column i of the next row or token: lanes at neighbouring rows read
// neighbouring memory, at constant distances, and nothing is left unused (64 rows by 64 tokens fill 16 KiB).
// Neighbouring lanes bring neighbouring columns of a token, which would meet in one memory bank: column i has
// its tokens at token ^ i. TOKEN_STEP is a multiple of 8, so that this is one operation for a lane's four.
//
// Indices are remainders, though they are smaller already: Dawn then sees that they are in range, and clamps
// nothing.

var<workgroup> weight_tile: array<vec4<f32>, STAGE_SPANS * 8u * TILE_ROWS>;
var<workgroup> input_tile: array<vec4<f32>, STAGE_SPANS * 8u * TILE_TOKENS>;

fn tile_put_weight(row: u32, s: u32, span: u32) {
  let w = weight_span(span);
  let at = (s % STAGE_SPANS) * 8u * TILE_ROWS + row % TILE_ROWS;
  weight_tile[at] = w[0];
  weight_tile[at + TILE_ROWS] = w[1];
  weight_tile[at + 2u * TILE_ROWS] = w[2];
  weight_tile[at + 3u * TILE_ROWS] = w[3];
  weight_tile[at + 4u * TILE_ROWS] = w[4];
  weight_tile[at + 5u * TILE_ROWS] = w[5];
  weight_tile[at + 6u * TILE_ROWS] = w[6];
  weight_tile[at + 7u * TILE_ROWS] = w[7];
}

// Neighbouring lanes bring neighbouring vec4s.
fn tile_put_inputs(input_lane: u32, first_token: u32, stage: u32) {
  for (var i = input_lane; i < TILE_TOKENS * STAGE_SPANS * 8u; i += INPUT_LANES) {
    let column = i % (8u * STAGE_SPANS);
    let span = stage + column / 8u;
    let token = i / (8u * STAGE_SPANS);
    let from_token = min(first_token + token, step.n_tokens - 1u) * params.row_spans;
    let value = x[(from_token + min(span, params.row_spans - 1u)) * 8u + (i & 7u)];
    input_tile[column * TILE_TOKENS + (token ^ (i & 7u)) % TILE_TOKENS] = select(vec4<f32>(), value, span < params.row_spans);
  }
}

// sum + inputs of four tokens (the columns' components) times w, one k after another.
fn tile_multiply(sum: vec4<f32>, inputs: mat4x4<f32>, w: vec4<f32>) -> vec4<f32> {
  return (((sum + inputs[0] * w.x) + inputs[1] * w.y) + inputs[2] * w.z) + inputs[3] * w.w;
}

fn tile_add(sums: Sums, row: u32, token: u32, s: u32) -> Sums {
  let first_column = (s % STAGE_SPANS) * 8u;
  let row_of_step = row % ROW_STEP;
  var r = sums;
  for (var i = 0u; i < 8u; i++) {
    let t = (first_column + i) * TILE_TOKENS + (token ^ i) % TOKEN_STEP;
    let w = (first_column + i) * TILE_ROWS + row_of_step;
    let inputs = transpose(mat4x4<f32>(
      input_tile[t],
      input_tile[t + TOKEN_STEP],
      input_tile[t + 2u * TOKEN_STEP],
      input_tile[t + 3u * TOKEN_STEP],
    ));
    r.row_0 = tile_multiply(r.row_0, inputs, weight_tile[w]);
    r.row_1 = tile_multiply(r.row_1, inputs, weight_tile[w + ROW_STEP]);
    r.row_2 = tile_multiply(r.row_2, inputs, weight_tile[w + 2u * ROW_STEP]);
    r.row_3 = tile_multiply(r.row_3, inputs, weight_tile[w + 3u * ROW_STEP]);
    r.row_4 = tile_multiply(r.row_4, inputs, weight_tile[w + 4u * ROW_STEP]);
    r.row_5 = tile_multiply(r.row_5, inputs, weight_tile[w + 5u * ROW_STEP]);
    r.row_6 = tile_multiply(r.row_6, inputs, weight_tile[w + 6u * ROW_STEP]);
    r.row_7 = tile_multiply(r.row_7, inputs, weight_tile[w + 7u * ROW_STEP]);
  }
  return r;
}
