// The most multiply-adds that the device reaches, in f32 or f16 (`real`, lib/real/): 8 vec4 chains a lane
// that do not wait for each other.
//
//   sums  f32 [invocations]; written so that no product can be left out
//
// 256 operations a lane and round, a multiply-add counted as two.

struct Params { n_rounds: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  var a = vec4<real>(real(id.x & 255u));
  var b = a + 1.0;
  var c = a + 2.0;
  var d = a + 3.0;
  var e = a + 4.0;
  var f = a + 5.0;
  var g = a + 6.0;
  var h = a + 7.0;
  let scale = vec4<real>(0.5, 0.25, 0.125, 0.75) - real(id.x & 1u) * 0.0625;
  let offset = vec4<real>(1.0);
  for (var round = 0u; round < params.n_rounds; round++) {
    a = a * scale + offset; b = b * scale + offset; c = c * scale + offset; d = d * scale + offset;
    e = e * scale + offset; f = f * scale + offset; g = g * scale + offset; h = h * scale + offset;
    a = a * scale + offset; b = b * scale + offset; c = c * scale + offset; d = d * scale + offset;
    e = e * scale + offset; f = f * scale + offset; g = g * scale + offset; h = h * scale + offset;
    a = a * scale + offset; b = b * scale + offset; c = c * scale + offset; d = d * scale + offset;
    e = e * scale + offset; f = f * scale + offset; g = g * scale + offset; h = h * scale + offset;
    a = a * scale + offset; b = b * scale + offset; c = c * scale + offset; d = d * scale + offset;
    e = e * scale + offset; f = f * scale + offset; g = g * scale + offset; h = h * scale + offset;
  }
  let all = ((a + b) + (c + d)) + ((e + f) + (g + h));
  sums[id.x] = f32((all.x + all.y) + (all.z + all.w));
}
