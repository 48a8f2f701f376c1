// View of Q2_K weights: d * scale * code - dmin * min; codes of 2 bits; scale and min of 4 bits per 16
// weights; d, dmin f16 per block of 256.
//
//   plane 0   pairs         the codes, lib/weight/parts/pairs.wgsl
//   plane 1   scales        lib/weight/parts/pairs.wgsl, but a byte is scale (low nibble) and min
//   plane 2   d and dmin    1 word per block
const weight_middle = 2.0;

fn weight_affine(span: u32) -> vec4<f32> {
  let scales_plane = weight_spans() >> 1u;
  let block = span >> 3u;
  let d = unpack2x16float(weight[scales_plane + (weight_spans() >> 3u) + (block >> 2u)][block & 3u]);
  // Bits 0-3 scale and 4-7 min of the first 16, 8-11 and 12-15 of the last.
  let fields = (vec4<u32>(weight_scale_bytes(scales_plane, span)) >> vec4<u32>(0u, 8u, 4u, 12u)) & vec4<u32>(15u);
  return vec4<f32>(fields) * vec4<f32>(d.xx, -d.yy);
}
