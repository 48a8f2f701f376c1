// The most packed int8 products that the device reaches: 8 chains a lane that do not wait for each other.
//
//   sums  f32 [invocations]; written so that no product can be left out
//
// 256 operations a lane and round: a dot4I8Packed and its add are counted as eight.

struct Params { n_rounds: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  var a = i32(id.x);
  var b = a + 1;
  var c = a + 2;
  var d = a + 3;
  var e = a + 4;
  var f = a + 5;
  var g = a + 6;
  var h = a + 7;
  let codes = 0x01FF0201u + (id.x & 1u);
  for (var round = 0u; round < params.n_rounds; round++) {
    a += dot4I8Packed(u32(a), codes); b += dot4I8Packed(u32(b), codes);
    c += dot4I8Packed(u32(c), codes); d += dot4I8Packed(u32(d), codes);
    e += dot4I8Packed(u32(e), codes); f += dot4I8Packed(u32(f), codes);
    g += dot4I8Packed(u32(g), codes); h += dot4I8Packed(u32(h), codes);
    a += dot4I8Packed(u32(a), codes); b += dot4I8Packed(u32(b), codes);
    c += dot4I8Packed(u32(c), codes); d += dot4I8Packed(u32(d), codes);
    e += dot4I8Packed(u32(e), codes); f += dot4I8Packed(u32(f), codes);
    g += dot4I8Packed(u32(g), codes); h += dot4I8Packed(u32(h), codes);
    a += dot4I8Packed(u32(a), codes); b += dot4I8Packed(u32(b), codes);
    c += dot4I8Packed(u32(c), codes); d += dot4I8Packed(u32(d), codes);
    e += dot4I8Packed(u32(e), codes); f += dot4I8Packed(u32(f), codes);
    g += dot4I8Packed(u32(g), codes); h += dot4I8Packed(u32(h), codes);
    a += dot4I8Packed(u32(a), codes); b += dot4I8Packed(u32(b), codes);
    c += dot4I8Packed(u32(c), codes); d += dot4I8Packed(u32(d), codes);
    e += dot4I8Packed(u32(e), codes); f += dot4I8Packed(u32(f), codes);
    g += dot4I8Packed(u32(g), codes); h += dot4I8Packed(u32(h), codes);
  }
  sums[id.x] = f32(((a ^ b) ^ (c ^ d)) ^ ((e ^ f) ^ (g ^ h)));
}
