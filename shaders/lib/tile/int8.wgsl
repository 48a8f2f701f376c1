// Tiles of a product, STAGE_SPANS times 32 of K at a time, in packed int8. Linked with matmul.wgsl, a view
// that has codes, and the file of lib/tile/scales/ for the scales that its format has in a span.
//
// Weights keep their own codes, scales and offsets. A span of inputs is divided by d, its largest value over
// 127, and rounded. Sums of codes being whole numbers, where one scale and offset serve n weights:
//
//   sum w x = d (scale sum w_q x_q + offset sum x_q) over the n, then over the span
//
// Halves lie apart, so that lanes at neighbouring rows meet different memory banks. Indices are remainders,
// as in lib/tile/f32.wgsl.

const N_WEIGHT_SPANS = TILE_ROWS * STAGE_SPANS;
const N_INPUT_SPANS = TILE_TOKENS * STAGE_SPANS;

var<workgroup> weight_first: array<vec4<u32>, N_WEIGHT_SPANS>;
var<workgroup> weight_last: array<vec4<u32>, N_WEIGHT_SPANS>;
var<workgroup> input_first: array<vec4<u32>, N_INPUT_SPANS>;
var<workgroup> input_last: array<vec4<u32>, N_INPUT_SPANS>;

fn pack(codes: vec4<f32>) -> u32 {
  return pack4xI8(vec4<i32>(codes));
}

fn tile_put_weight(row: u32, s: u32, span: u32) {
  let q = weight_words(span);
  let at = (row * STAGE_SPANS + s) % N_WEIGHT_SPANS;
  weight_first[at] = vec4<u32>(q[0], q[1], q[2], q[3]);
  weight_last[at] = vec4<u32>(q[4], q[5], q[6], q[7]);
  tile_put_affine(at, weight_affine(span));
}

fn largest(v: vec4<f32>) -> f32 {
  let a = abs(v);
  return max(max(a.x, a.y), max(a.z, a.w));
}

fn sum_of(v: vec4<f32>) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

fn tile_put_inputs(input_lane: u32, first_token: u32, stage: u32) {
  for (var i = input_lane; i < N_INPUT_SPANS; i += INPUT_LANES) {
    let span = stage + i % STAGE_SPANS;
    let from_token = min(first_token + i / STAGE_SPANS, step.n_tokens - 1u) * params.row_spans;
    let at_input = (from_token + min(span, params.row_spans - 1u)) * 8u;
    let v0 = x[at_input];
    let v1 = x[at_input + 1u];
    let v2 = x[at_input + 2u];
    let v3 = x[at_input + 3u];
    let v4 = x[at_input + 4u];
    let v5 = x[at_input + 5u];
    let v6 = x[at_input + 6u];
    let v7 = x[at_input + 7u];
    let first = max(max(abs(v0), abs(v1)), max(abs(v2), abs(v3)));
    let last = max(max(abs(v4), abs(v5)), max(abs(v6), abs(v7)));
    let most = select(0.0, largest(max(first, last)), span < params.row_spans);
    let inverse = select(0.0, 127.0 / most, most > 1e-35);
    let q0 = round(v0 * inverse);
    let q1 = round(v1 * inverse);
    let q2 = round(v2 * inverse);
    let q3 = round(v3 * inverse);
    let q4 = round(v4 * inverse);
    let q5 = round(v5 * inverse);
    let q6 = round(v6 * inverse);
    let q7 = round(v7 * inverse);
    let at = i % N_INPUT_SPANS;
    input_first[at] = vec4<u32>(pack(q0), pack(q1), pack(q2), pack(q3));
    input_last[at] = vec4<u32>(pack(q4), pack(q5), pack(q6), pack(q7));
    tile_put_scale(at, most / 127.0, sum_of(q0 + q1 + q2 + q3), sum_of(q4 + q5 + q6 + q7));
  }
}

// sum + products of 16 codes, each added to the last: where hardware has dot4I8Packed it has the addition.
fn dot_16(sum: i32, w: vec4<u32>, x_q: vec4<u32>) -> i32 {
  return (((sum + dot4I8Packed(w.x, x_q.x)) + dot4I8Packed(w.y, x_q.y)) + dot4I8Packed(w.z, x_q.z)) + dot4I8Packed(w.w, x_q.w);
}

struct TileInput {
  first: vec4<u32>,
  last: vec4<u32>,
  scales: InputScales,
}

fn tile_row(sum: vec4<f32>, inputs: array<TileInput, 4>, first: vec4<u32>, last: vec4<u32>, affine: TileAffine) -> vec4<f32> {
  return vec4<f32>(
    tile_dot(sum.x, inputs[0], first, last, affine),
    tile_dot(sum.y, inputs[1], first, last, affine),
    tile_dot(sum.z, inputs[2], first, last, affine),
    tile_dot(sum.w, inputs[3], first, last, affine),
  );
}

fn tile_add(sums: Sums, row: u32, token: u32, s: u32) -> Sums {
  const ROW = ROW_STEP * STAGE_SPANS;
  const TOKEN = TOKEN_STEP * STAGE_SPANS;
  let w = (row * STAGE_SPANS + s) % ROW;
  let t = (token * STAGE_SPANS + s) % TOKEN;
  let inputs = array<TileInput, 4>(
    TileInput(input_first[t], input_last[t], input_scales[t]),
    TileInput(input_first[t + TOKEN], input_last[t + TOKEN], input_scales[t + TOKEN]),
    TileInput(input_first[t + 2u * TOKEN], input_last[t + 2u * TOKEN], input_scales[t + 2u * TOKEN]),
    TileInput(input_first[t + 3u * TOKEN], input_last[t + 3u * TOKEN], input_scales[t + 3u * TOKEN]),
  );
  return Sums(
    tile_row(sums.row_0, inputs, weight_first[w], weight_last[w], weight_affines[w]),
    tile_row(sums.row_1, inputs, weight_first[w + ROW], weight_last[w + ROW], weight_affines[w + ROW]),
    tile_row(sums.row_2, inputs, weight_first[w + 2u * ROW], weight_last[w + 2u * ROW], weight_affines[w + 2u * ROW]),
    tile_row(sums.row_3, inputs, weight_first[w + 3u * ROW], weight_last[w + 3u * ROW], weight_affines[w + 3u * ROW]),
    tile_row(sums.row_4, inputs, weight_first[w + 4u * ROW], weight_last[w + 4u * ROW], weight_affines[w + 4u * ROW]),
    tile_row(sums.row_5, inputs, weight_first[w + 5u * ROW], weight_last[w + 5u * ROW], weight_affines[w + 5u * ROW]),
    tile_row(sums.row_6, inputs, weight_first[w + 6u * ROW], weight_last[w + 6u * ROW], weight_affines[w + 6u * ROW]),
    tile_row(sums.row_7, inputs, weight_first[w + 7u * ROW], weight_last[w + 7u * ROW], weight_affines[w + 7u * ROW]),
  );
}
