enable f16;
// sum of weight * x over a span, for views with codes, in f16: sums of four products, of inputs of at most 1.
// With lib/input/f16.wgsl.
//
// A byte b becomes 1024 + b by being put into the mantissa of 1024: no conversion, and two to a word. It is
// signed, so 128 is added first. By their middle, codes and offsets are small together: what f16 rounds off
// sums would not cancel against an offset.
fn weight_halves(word: u32) -> vec4<f16> {
  let biased = word ^ 0x80808080u;
  let pairs = vec2<u32>(biased, biased >> 8u) & vec2<u32>(0x00FF00FFu);
  return bitcast<vec4<f16>>(pairs | vec2<u32>(0x64006400u)) - vec4<f16>(f16(1152.0 + weight_middle));
}

fn weight_dot(span: u32, input: InputSpan) -> f32 {
  let q = weight_words(span);
  let a = weight_affine(span);
  let x = input.pairs;
  let first = weight_halves(q[0]) * x[0] + weight_halves(q[1]) * x[1] + weight_halves(q[2]) * x[2] + weight_halves(q[3]) * x[3];
  let last = weight_halves(q[4]) * x[4] + weight_halves(q[5]) * x[5] + weight_halves(q[6]) * x[6] + weight_halves(q[7]) * x[7];
  let sums = vec4<f32>(first) * a.x + vec4<f32>(last) * a.y;
  return input.scale * ((sums.x + sums.y) + (sums.z + sums.w)) + dot(a.zw + weight_middle * a.xy, input.sums);
}
