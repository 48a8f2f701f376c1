// Scales of lib/tile/int8.wgsl, for formats with one scale and offset a span: its 8 dot products are one sum.

alias TileAffine = vec2<f32>; // scale, offset
alias InputScales = vec2<f32>; // d, d times the sum of the codes

var<workgroup> weight_affines: array<TileAffine, N_WEIGHT_SPANS>;
var<workgroup> input_scales: array<InputScales, N_INPUT_SPANS>;

fn tile_put_affine(at: u32, affine: vec4<f32>) {
  weight_affines[at % N_WEIGHT_SPANS] = affine.xz;
}

fn tile_put_scale(at: u32, d: f32, sum_first: f32, sum_last: f32) {
  input_scales[at % N_INPUT_SPANS] = vec2<f32>(d, d * (sum_first + sum_last));
}

// sum + the product of a row's weights with a token's inputs.
fn tile_dot(sum: f32, input: TileInput, first: vec4<u32>, last: vec4<u32>, affine: TileAffine) -> f32 {
  let product = f32(dot_16(dot_16(0, first, input.first), last, input.last));
  return sum + (affine.x * input.scales.x) * product + affine.y * input.scales.y;
}
