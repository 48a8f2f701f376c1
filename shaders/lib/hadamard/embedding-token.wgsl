// The row of one token of a folded embedding, turned back as in lib/hadamard/embedding.wgsl, and what the
// first norm needs of it: weighted = y * norm. The transform keeps the sum of squares, which is there
// already.
//
//   x, y, weighted   f32 [width]
//   norm             f32 [width], the weights of the first layer's RMS norm

struct Params { width: u32, first_sign: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> signs: array<f32>;
@group(0) @binding(3) var<storage, read> norm: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read_write> weighted: array<f32>;

fn hadamard_read(token: u32, column: u32) -> f32 {
  return x[column];
}

fn hadamard_store(token: u32, column: u32, value: f32) {
  let turned = signs[params.first_sign + column] * value;
  y[column] = turned;
  weighted[column] = turned * norm[column];
}
