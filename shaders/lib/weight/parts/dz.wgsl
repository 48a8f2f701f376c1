// The scale and offset of a span of AWQ_Q4: d (code - z), z a whole number. Its records are plane 1, 1 word
// per span: d and z, f16.
fn weight_affine(span: u32) -> vec4<f32> {
  let record = unpack2x16float(weight[weight_spans() + (span >> 2u)][span & 3u]);
  let offset = -record.y * record.x;
  return vec4<f32>(record.x, record.x, offset, offset);
}
