// The rows of a folded embedding, turned back: y = s * (H x), signs last.
//
//   x       f32 [n_tokens, width]
//   signs   f32, those of this width from first_sign on: 1 or -1
//   y       f32 [n_tokens, width]

struct Params { width: u32, first_sign: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> signs: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

fn hadamard_read(token: u32, column: u32) -> f32 {
  return x[token * params.width + column];
}

fn hadamard_store(token: u32, column: u32, value: f32) {
  y[token * params.width + column] = signs[params.first_sign + column] * value;
}
