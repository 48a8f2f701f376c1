enable f16;
// Nothing but the use of f16: some browsers list shader-f16 and then refuse to compile it.

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f16>>;

@compute @workgroup_size(1)
fn main() { x[0] += vec4<f16>(1.0h); }
