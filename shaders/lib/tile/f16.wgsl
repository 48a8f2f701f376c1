enable f16;
// Tiles of a product, STAGE_SPANS times 32 of K at a time, held in f16. Linked with matmul.wgsl, whose sizes
// they have, and lib/largest.wgsl.
//
// Each span of 32 values is divided by the largest of them and that scale is kept in f32, so that neither
// large activations overflow nor small ones vanish: a value's error is at most 2^-12 of its 32 values'
// largest. The values are widened as they are read and summed in f32; the scales go onto the sum of each
// span. Half the workgroup memory and its traffic of tile-f32, which says where the columns lie.

var<workgroup> weight_tile: array<vec4<f16>, TILE_ROWS * STAGE_SPANS * 8u>;
var<workgroup> input_tile: array<vec4<f16>, TILE_TOKENS * STAGE_SPANS * 8u>;
var<workgroup> weight_scales: array<f32, TILE_ROWS * STAGE_SPANS>;
var<workgroup> input_scales: array<f32, TILE_TOKENS * STAGE_SPANS>;

fn tile_put_weight(row: u32, s: u32, span: u32) {
  let w = weight_span(span);
  let scale = largest_of(w);
  let inverse = inverse_of(scale);
  let at = (row * STAGE_SPANS + s) * 8u;
  let swizzle = row & 7u;
  weight_scales[row * STAGE_SPANS + s] = scale;
  weight_tile[at + (0u ^ swizzle)] = vec4<f16>(w[0] * inverse);
  weight_tile[at + (1u ^ swizzle)] = vec4<f16>(w[1] * inverse);
  weight_tile[at + (2u ^ swizzle)] = vec4<f16>(w[2] * inverse);
  weight_tile[at + (3u ^ swizzle)] = vec4<f16>(w[3] * inverse);
  weight_tile[at + (4u ^ swizzle)] = vec4<f16>(w[4] * inverse);
  weight_tile[at + (5u ^ swizzle)] = vec4<f16>(w[5] * inverse);
  weight_tile[at + (6u ^ swizzle)] = vec4<f16>(w[6] * inverse);
  weight_tile[at + (7u ^ swizzle)] = vec4<f16>(w[7] * inverse);
}

// A lane brings half a span. The scale takes all of it.
fn tile_put_inputs(input_lane: u32, first_token: u32, stage: u32) {
  for (var i = input_lane; i < TILE_TOKENS * STAGE_SPANS * 2u; i += INPUT_LANES) {
    let at_span = i >> 1u;
    let is_last = (i & 1u) == 1u;
    let token = at_span / STAGE_SPANS;
    let span = stage + at_span % STAGE_SPANS;
    let from_token = min(first_token + token, step.n_tokens - 1u) * params.row_spans;
    let at_input = (from_token + min(span, params.row_spans - 1u)) * 8u;
    let values = array<vec4<f32>, 8>(
      x[at_input], x[at_input + 1u], x[at_input + 2u], x[at_input + 3u], x[at_input + 4u], x[at_input + 5u], x[at_input + 6u], x[at_input + 7u],
    );
    let scale = select(0.0, largest_of(values), span < params.row_spans);
    let inverse = inverse_of(scale);
    if (!is_last) {
      input_scales[at_span] = scale;
    }
    let at = at_span * 8u;
    let swizzle = (token & 7u) ^ select(0u, 4u, is_last);
    input_tile[at + (0u ^ swizzle)] = vec4<f16>(select(values[0], values[4], is_last) * inverse);
    input_tile[at + (1u ^ swizzle)] = vec4<f16>(select(values[1], values[5], is_last) * inverse);
    input_tile[at + (2u ^ swizzle)] = vec4<f16>(select(values[2], values[6], is_last) * inverse);
    input_tile[at + (3u ^ swizzle)] = vec4<f16>(select(values[3], values[7], is_last) * inverse);
  }
}

// sum + inputs of four tokens (the columns' components) times w, one k after another.
fn tile_multiply(sum: vec4<f32>, inputs: mat4x4<f32>, w: vec4<f16>) -> vec4<f32> {
  let v = vec4<f32>(w);
  return (((sum + inputs[0] * v.x) + inputs[1] * v.y) + inputs[2] * v.z) + inputs[3] * v.w;
}

fn tile_add(sums: Sums, row: u32, token: u32, s: u32) -> Sums {
  const ROW = ROW_STEP * STAGE_SPANS;
  const TOKEN = TOKEN_STEP * STAGE_SPANS;
  let w_span = row * STAGE_SPANS + s;
  let t_span = token * STAGE_SPANS + s;
  var r = Sums();
  for (var i = 0u; i < 8u; i++) {
    let t_even = t_span * 8u + (i ^ (token & 7u));
    let t_odd = t_span * 8u + (i ^ ((token + TOKEN_STEP) & 7u));
    let w_even = w_span * 8u + (i ^ (row & 7u));
    let w_odd = w_span * 8u + (i ^ ((row + ROW_STEP) & 7u));
    let inputs = transpose(mat4x4<f32>(
      vec4<f32>(input_tile[t_even]),
      vec4<f32>(input_tile[t_odd + 8u * TOKEN]),
      vec4<f32>(input_tile[t_even + 16u * TOKEN]),
      vec4<f32>(input_tile[t_odd + 24u * TOKEN]),
    ));
    r.row_0 = tile_multiply(r.row_0, inputs, weight_tile[w_even]);
    r.row_1 = tile_multiply(r.row_1, inputs, weight_tile[w_odd + 8u * ROW]);
    r.row_2 = tile_multiply(r.row_2, inputs, weight_tile[w_even + 16u * ROW]);
    r.row_3 = tile_multiply(r.row_3, inputs, weight_tile[w_odd + 24u * ROW]);
    r.row_4 = tile_multiply(r.row_4, inputs, weight_tile[w_even + 32u * ROW]);
    r.row_5 = tile_multiply(r.row_5, inputs, weight_tile[w_odd + 40u * ROW]);
    r.row_6 = tile_multiply(r.row_6, inputs, weight_tile[w_even + 48u * ROW]);
    r.row_7 = tile_multiply(r.row_7, inputs, weight_tile[w_odd + 56u * ROW]);
  }
  let scales = vec4<f32>(
    input_scales[t_span],
    input_scales[t_span + TOKEN],
    input_scales[t_span + 2u * TOKEN],
    input_scales[t_span + 3u * TOKEN],
  );
  return Sums(
    sums.row_0 + r.row_0 * (weight_scales[w_span] * scales),
    sums.row_1 + r.row_1 * (weight_scales[w_span + 1u * ROW] * scales),
    sums.row_2 + r.row_2 * (weight_scales[w_span + 2u * ROW] * scales),
    sums.row_3 + r.row_3 * (weight_scales[w_span + 3u * ROW] * scales),
    sums.row_4 + r.row_4 * (weight_scales[w_span + 4u * ROW] * scales),
    sums.row_5 + r.row_5 * (weight_scales[w_span + 5u * ROW] * scales),
    sums.row_6 + r.row_6 * (weight_scales[w_span + 6u * ROW] * scales),
    sums.row_7 + r.row_7 * (weight_scales[w_span + 7u * ROW] * scales),
  );
}
