// Scales of lib/tile/int8.wgsl, for formats with a scale and offset for each 16 weights.

alias TileAffine = vec4<f32>; // scales, offsets
alias InputScales = vec4<f32>; // d, d times the sums of both halves' codes, unused

var<workgroup> weight_affines: array<TileAffine, N_WEIGHT_SPANS>;
var<workgroup> input_scales: array<InputScales, N_INPUT_SPANS>;

fn tile_put_affine(at: u32, affine: vec4<f32>) {
  weight_affines[at % N_WEIGHT_SPANS] = affine;
}

fn tile_put_scale(at: u32, d: f32, sum_first: f32, sum_last: f32) {
  input_scales[at % N_INPUT_SPANS] = vec4<f32>(d, d * sum_first, d * sum_last, 0.0);
}

// sum + the product of a row's weights with a token's inputs.
fn tile_dot(sum: f32, input: TileInput, first: vec4<u32>, last: vec4<u32>, affine: TileAffine) -> f32 {
  let products = affine.x * f32(dot_16(0, first, input.first)) + affine.y * f32(dot_16(0, last, input.last));
  return sum + input.scales.x * products + (affine.z * input.scales.y + affine.w * input.scales.z);
}
