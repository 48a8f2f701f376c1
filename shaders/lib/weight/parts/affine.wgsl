// Shared by all quantized views: a weight is code * scale + offset, with one scale and offset per 16 weights.
//
//   weight_words(span)    the 32 codes of a span, whole numbers of -128 to 127, four to a word in order
//   weight_middle         about the middle of the codes: sums of codes less this are small
//   weight_codes(span)    the same as numbers: codes.wgsl, unless the format has a shorter way
//   weight_affine(span)   (scale, scale, offset, offset) of its first and of its last 16 weights
//
// They come from the format's own view, and weight_bytes from signed.wgsl or unsigned.wgsl.

// By shifts: not every browser has unpack4xI8 yet, and drivers make the same of both.
fn weight_signed_bytes(word: u32) -> vec4<i32> {
  return bitcast<vec4<i32>>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
}

// One vec4 holds 32 codes of 4 bits: word j has codes 8j..8j+3 in its bytes' low nibbles, 8j+4..8j+7 in the
// high ones.
fn weight_nibbles(words: vec4<u32>) -> array<u32, 8> {
  let low = words & vec4<u32>(0x0F0F0F0Fu);
  let high = (words >> vec4<u32>(4u)) & vec4<u32>(0x0F0F0F0Fu);
  return array<u32, 8>(low.x, high.x, low.y, high.y, low.z, high.z, low.w, high.w);
}

// One f16 of a plane of them, eight to a vec4. Drivers may flush f16 subnormals here (WGSL allows it); none
// we know does.
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
