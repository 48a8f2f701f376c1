// Tiles of a product, STAGE_SPANS times 32 of K at a time, in f32. Linked with matmul.wgsl, whose sizes they
// have.
//
// A span is 8 vec4s in a row, column i at i ^ (row & 7): lanes at neighbouring rows then meet different
// memory banks, and nothing is left unused (64 rows by 64 tokens fill 16 KiB). A lane's rows are ROW_STEP
// apart, so at most two columns occur.

var<workgroup> weight_tile: array<vec4<f32>, TILE_ROWS * STAGE_SPANS * 8u>;
var<workgroup> input_tile: array<vec4<f32>, TILE_TOKENS * STAGE_SPANS * 8u>;

fn tile_put_weight(row: u32, s: u32, span: u32) {
  let w = weight_span(span);
  let at = (row * STAGE_SPANS + s) * 8u;
  let swizzle = row & 7u;
  weight_tile[at + (0u ^ swizzle)] = w[0];
  weight_tile[at + (1u ^ swizzle)] = w[1];
  weight_tile[at + (2u ^ swizzle)] = w[2];
  weight_tile[at + (3u ^ swizzle)] = w[3];
  weight_tile[at + (4u ^ swizzle)] = w[4];
  weight_tile[at + (5u ^ swizzle)] = w[5];
  weight_tile[at + (6u ^ swizzle)] = w[6];
  weight_tile[at + (7u ^ swizzle)] = w[7];
}

// Neighbouring lanes bring neighbouring vec4s.
fn tile_put_inputs(input_lane: u32, first_token: u32, stage: u32) {
  for (var i = input_lane; i < TILE_TOKENS * STAGE_SPANS * 8u; i += INPUT_LANES) {
    let span = stage + (i >> 3u) % STAGE_SPANS;
    let token = (i >> 3u) / STAGE_SPANS;
    let from_token = min(first_token + token, step.n_tokens - 1u) * params.row_spans;
    let value = x[(from_token + min(span, params.row_spans - 1u)) * 8u + (i & 7u)];
    input_tile[i ^ (token & 7u)] = select(vec4<f32>(), value, span < params.row_spans);
  }
}

// sum + inputs of four tokens (the columns' components) times w, one k after another.
fn tile_multiply(sum: vec4<f32>, inputs: mat4x4<f32>, w: vec4<f32>) -> vec4<f32> {
  return (((sum + inputs[0] * w.x) + inputs[1] * w.y) + inputs[2] * w.z) + inputs[3] * w.w;
}

fn tile_add(sums: Sums, row: u32, token: u32, s: u32) -> Sums {
  const ROW = ROW_STEP * STAGE_SPANS * 8u;
  const TOKEN = TOKEN_STEP * STAGE_SPANS * 8u;
  let w = (row * STAGE_SPANS + s) * 8u;
  let t = (token * STAGE_SPANS + s) * 8u;
  var r = sums;
  for (var i = 0u; i < 8u; i++) {
    let t_even = t + (i ^ (token & 7u));
    let t_odd = t + (i ^ ((token + TOKEN_STEP) & 7u));
    let w_even = w + (i ^ (row & 7u));
    let w_odd = w + (i ^ ((row + ROW_STEP) & 7u));
    let inputs = transpose(mat4x4<f32>(
      input_tile[t_even],
      input_tile[t_odd + TOKEN],
      input_tile[t_even + 2u * TOKEN],
      input_tile[t_odd + 3u * TOKEN],
    ));
    r.row_0 = tile_multiply(r.row_0, inputs, weight_tile[w_even]);
    r.row_1 = tile_multiply(r.row_1, inputs, weight_tile[w_odd + ROW]);
    r.row_2 = tile_multiply(r.row_2, inputs, weight_tile[w_even + 2u * ROW]);
    r.row_3 = tile_multiply(r.row_3, inputs, weight_tile[w_odd + 3u * ROW]);
    r.row_4 = tile_multiply(r.row_4, inputs, weight_tile[w_even + 4u * ROW]);
    r.row_5 = tile_multiply(r.row_5, inputs, weight_tile[w_odd + 5u * ROW]);
    r.row_6 = tile_multiply(r.row_6, inputs, weight_tile[w_even + 6u * ROW]);
    r.row_7 = tile_multiply(r.row_7, inputs, weight_tile[w_odd + 7u * ROW]);
  }
  return r;
}
