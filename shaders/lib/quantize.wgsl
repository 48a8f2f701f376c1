// Shared by the kernels that quantize plain weights. One lane takes one span of 32 weights; 64 lanes are 8
// blocks of 256.
//
//   raw      spans [0, ...) of the slice as in the file: F32, F16 or BF16, read by raw_span (a view of
//            lib/weight/)
//   planes   the whole piece, n_spans spans; planes as in lib/weight/ of the target
//
// The equations are those of src/reference/weights/quantize.ts; f32 rounds a few codes the other way.

struct Params {
  n_spans: u32,
  first_block: u32, // of the target, in the piece
  n_blocks: u32, // of the target, in the slice
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> raw: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> planes: array<u32>;

const HALF_MAX = 65504.0;

alias Span = array<vec4<f32>, 8>;

// The invocation's number in a grid that is folded into rows.
fn invocation_of(workgroup: vec3<u32>, workgroups: vec3<u32>, lane: u32) -> u32 {
  return (workgroup.y * workgroups.x + workgroup.x) * WORKGROUP_SIZE + lane;
}

// The bits of the nearest f16, ties to even. pack2x16float may round either way, and lavapipe's rounds
// towards 0: scales came out short, and the squared error of Q8_0 0.2 % higher.
fn half_bits(value: f32) -> u32 {
  let bits = bitcast<u32>(clamp(value, -HALF_MAX, HALF_MAX));
  let sign = (bits >> 16u) & 0x8000u;
  let exponent = (bits >> 23u) & 0xFFu;
  if (exponent < 102u) { // below half of the smallest
    return sign;
  }
  // Below 2^-14 (exponent 113) the leading 1 is written out, and more bits fall off the end.
  let is_normal = exponent > 112u;
  let shift = select(126u - exponent, 13u, is_normal);
  let fraction = bits & 0x7FFFFFu;
  let whole = select(fraction | 0x800000u, fraction | ((exponent - 112u) << 23u), is_normal);
  let half = whole >> shift;
  let rest = whole & ((1u << shift) - 1u);
  let middle = 1u << (shift - 1u);
  let rounds_up = rest > middle || (rest == middle && (half & 1u) == 1u);
  return sign | (half + select(0u, 1u, rounds_up));
}

fn half_value(bits: u32) -> f32 {
  return unpack2x16float(bits).x;
}

// 1 / x, or 0 for 0: codes of a block without a scale are all the same then.
fn inverse(x: f32) -> f32 {
  return select(1.0 / x, 0.0, x == 0.0);
}

fn sum_of(v: vec4<f32>) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

fn largest_of(v: vec4<f32>) -> f32 {
  return max(max(v.x, v.y), max(v.z, v.w));
}

// The low bytes of four whole numbers, as one word.
fn bytes_of(q: vec4<f32>) -> u32 {
  let bytes = bitcast<vec4<u32>>(vec4<i32>(q)) & vec4<u32>(0xFFu);
  return bytes.x | (bytes.y << 8u) | (bytes.z << 16u) | (bytes.w << 24u);
}
