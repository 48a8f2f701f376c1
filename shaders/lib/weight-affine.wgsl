// What every quantized view has in common: a weight is code * scale + offset, with one scale and offset per 16 weights.
//
//   weight_codes(span)    the 32 codes of a span, whole numbers of -128 to 127 in f32
//   weight_affine(span)   (scale, scale, offset, offset) of its first and of its last 16 weights
//
// Both come from the format's own view. Products take the scale out of the sum: sum (s q + o) x = s sum q x + o sum x.

// By shifts: not every browser has unpack4xU8 and unpack4xI8 yet, and drivers make the same of both.
fn weight_bytes(word: u32) -> vec4<f32> {
  return vec4<f32>((vec4<u32>(word) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(0xFFu));
}

fn weight_signed_bytes(word: u32) -> vec4<i32> {
  return bitcast<vec4<i32>>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
}

// One vec4 holds 32 codes of 4 bits: word j has codes 8j..8j+3 in its bytes' low nibbles, 8j+4..8j+7 in the high ones.
fn weight_nibbles(words: vec4<u32>) -> array<vec4<f32>, 8> {
  let low = words & vec4<u32>(0x0F0F0F0Fu);
  let high = (words >> vec4<u32>(4u)) & vec4<u32>(0x0F0F0F0Fu);
  return array<vec4<f32>, 8>(
    weight_bytes(low.x), weight_bytes(high.x), weight_bytes(low.y), weight_bytes(high.y),
    weight_bytes(low.z), weight_bytes(high.z), weight_bytes(low.w), weight_bytes(high.w),
  );
}

// One f16 of a plane of them, eight to a vec4. Drivers may flush f16 subnormals here (WGSL allows it); none we know does.
fn weight_half(plane: u32, index: u32) -> f32 {
  return unpack2x16float(weight[plane + (index >> 3u)][(index >> 1u) & 3u] >> ((index & 1u) * 16u)).x;
}

fn weight_span(span: u32) -> array<vec4<f32>, 8> {
  let q = weight_codes(span);
  let a = weight_affine(span);
  return array<vec4<f32>, 8>(
    q[0] * a.x + a.z, q[1] * a.x + a.z, q[2] * a.x + a.z, q[3] * a.x + a.z,
    q[4] * a.y + a.w, q[5] * a.y + a.w, q[6] * a.y + a.w, q[7] * a.y + a.w,
  );
}

// sum of weight * x over a span; x_sums holds the sums of the first and the last 16 of x.
fn weight_dot(span: u32, x: array<vec4<f32>, 8>, x_sums: vec2<f32>) -> f32 {
  let q = weight_codes(span);
  let a = weight_affine(span);
  let first = q[0] * x[0] + q[1] * x[1] + q[2] * x[2] + q[3] * x[3];
  let last = q[4] * x[4] + q[5] * x[5] + q[6] * x[6] + q[7] * x[7];
  let sums = first * a.x + last * a.y;
  return (sums.x + sums.y) + (sums.z + sums.w) + dot(a.zw, x_sums);
}
