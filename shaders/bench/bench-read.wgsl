// Reads a buffer once, 16 bytes a lane and neighbours side by side: the ceiling for everything that is bound
// by memory.
//
//   source  vec4 u32 [n]
//   sums    u32 [invocations]; written so that no read can be left out

struct Params { n_vecs: u32, n_invocations: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> sums: array<u32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  var a = vec4<u32>();
  var b = vec4<u32>();
  var c = vec4<u32>();
  var d = vec4<u32>();
  let stride = params.n_invocations;
  for (var i = id.x; i < params.n_vecs; i += 4u * stride) {
    a ^= source[i];
    b ^= source[min(i + stride, params.n_vecs - 1u)];
    c ^= source[min(i + 2u * stride, params.n_vecs - 1u)];
    d ^= source[min(i + 3u * stride, params.n_vecs - 1u)];
  }
  let all = a ^ b ^ c ^ d;
  sums[id.x] = all.x ^ all.y ^ all.z ^ all.w;
}
