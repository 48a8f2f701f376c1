// F32, F16 or BF16  ->  Q8_0: d = max |x| / 127 as f16, q = round(x / d).
//
// One lane takes a span, which is a block; two of them share a word of d. Planes: lib/weight/q8_0.wgsl.

var<workgroup> halves: array<u32, WORKGROUP_SIZE>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let block = invocation_of(workgroup, workgroups, lane);
  let is_inside = block < params.n_blocks;
  var d_bits = 0u;
  if (is_inside) {
    let x = raw_span(block);
    var largest = 0.0;
    for (var i = 0u; i < 8u; i++) {
      largest = max(largest, largest_of(abs(x[i])));
    }
    d_bits = half_bits(largest / 127.0);
    let inverse_d = inverse(half_value(d_bits));
    for (var i = 0u; i < 8u; i++) {
      let q = clamp(round(x[i] * inverse_d), vec4<f32>(-127.0), vec4<f32>(127.0));
      planes[(params.first_block + block) * 8u + i] = bytes_of(q);
    }
  }
  halves[lane] = d_bits;
  workgroupBarrier();
  if (is_inside && (lane & 1u) == 0u) {
    planes[params.n_spans * 8u + ((params.first_block + block) >> 1u)] = d_bits | (halves[lane + 1u] << 16u);
  }
}
