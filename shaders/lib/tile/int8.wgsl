// Tiles of a product, STAGE_SPANS times 32 of K at a time, in packed int8. Linked with matmul.wgsl and a view
// that has codes.
//
// Weights keep their own codes and their scale and offset per 16. A span of inputs is divided by d, its
// largest value over 127, and rounded. With both halves of the span, sums of codes being whole numbers:
//
//   sum w x = d (scale_0 sum w_q x_q + offset_0 sum x_q) of the first half + the same of the last
//
// Halves lie apart, so that lanes at neighbouring rows meet different memory banks.

var<workgroup> weight_first: array<vec4<u32>, TILE_ROWS * STAGE_SPANS>;
var<workgroup> weight_last: array<vec4<u32>, TILE_ROWS * STAGE_SPANS>;
var<workgroup> weight_affines: array<vec4<f32>, TILE_ROWS * STAGE_SPANS>;
var<workgroup> input_first: array<vec4<u32>, TILE_TOKENS * STAGE_SPANS>;
var<workgroup> input_last: array<vec4<u32>, TILE_TOKENS * STAGE_SPANS>;
// d, d times the sums of both halves' codes, unused
var<workgroup> input_scales: array<vec4<f32>, TILE_TOKENS * STAGE_SPANS>;

fn pack(codes: vec4<f32>) -> u32 {
  return pack4xI8(vec4<i32>(codes));
}

fn tile_put_weight(row: u32, s: u32, span: u32) {
  let q = weight_words(span);
  let at = row * STAGE_SPANS + s;
  weight_first[at] = vec4<u32>(q[0], q[1], q[2], q[3]);
  weight_last[at] = vec4<u32>(q[4], q[5], q[6], q[7]);
  weight_affines[at] = weight_affine(span);
}

fn largest(v: vec4<f32>) -> f32 {
  let a = abs(v);
  return max(max(a.x, a.y), max(a.z, a.w));
}

fn sum_of(v: vec4<f32>) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

fn tile_put_inputs(input_lane: u32, first_token: u32, stage: u32) {
  for (var i = input_lane; i < TILE_TOKENS * STAGE_SPANS; i += INPUT_LANES) {
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
    let d = most / 127.0;
    input_first[i] = vec4<u32>(pack(q0), pack(q1), pack(q2), pack(q3));
    input_last[i] = vec4<u32>(pack(q4), pack(q5), pack(q6), pack(q7));
    input_scales[i] = vec4<f32>(d, d * sum_of(q0 + q1 + q2 + q3), d * sum_of(q4 + q5 + q6 + q7), 0.0);
  }
}

fn dot_16(w: vec4<u32>, x_q: vec4<u32>) -> f32 {
  return f32((dot4I8Packed(w.x, x_q.x) + dot4I8Packed(w.y, x_q.y)) + (dot4I8Packed(w.z, x_q.z) + dot4I8Packed(w.w, x_q.w)));
}

// The product of the weights at `w` with the inputs at `t`.
fn tile_dot(w: u32, t: u32) -> f32 {
  let affine = weight_affines[w];
  let scales = input_scales[t];
  let products = affine.x * dot_16(weight_first[w], input_first[t]) + affine.y * dot_16(weight_last[w], input_last[t]);
  return scales.x * products + (affine.z * scales.y + affine.w * scales.z);
}

fn tile_row(w: u32, t: u32) -> vec4<f32> {
  const TOKEN = TOKEN_STEP * STAGE_SPANS;
  return vec4<f32>(tile_dot(w, t), tile_dot(w, t + TOKEN), tile_dot(w, t + 2u * TOKEN), tile_dot(w, t + 3u * TOKEN));
}

fn tile_add(sums: Sums, row: u32, token: u32, s: u32) -> Sums {
  const ROW = ROW_STEP * STAGE_SPANS;
  let w = row * STAGE_SPANS + s;
  let t = token * STAGE_SPANS + s;
  return Sums(
    sums.row_0 + tile_row(w, t),
    sums.row_1 + tile_row(w + ROW, t),
    sums.row_2 + tile_row(w + 2u * ROW, t),
    sums.row_3 + tile_row(w + 3u * ROW, t),
    sums.row_4 + tile_row(w + 4u * ROW, t),
    sums.row_5 + tile_row(w + 5u * ROW, t),
    sums.row_6 + tile_row(w + 6u * ROW, t),
    sums.row_7 + tile_row(w + 7u * ROW, t),
  );
}
