// The input of a folded product: y = H (s * x), signs first.
//
//   x       f32 [n_tokens, width]
//   signs   f32, those of this width from first_sign on: 1 or -1
//   y       f32 [n_tokens, width]; with keeps_plain, of one token, x comes after it: [2, width]
//
// Value heads lie tiled, [members, n_key_heads, value_dim]; a folded output product has its columns grouped,
// [n_key_heads, members, value_dim]. members is 1 for every other input.

struct Params {
  width: u32,
  first_sign: u32,
  members: u32,
  n_key_heads: u32,
  value_dim: u32,
  keeps_plain: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> signs: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

// The place in the tiled order of what has this place in the grouped one.
fn tiled(column: u32) -> u32 {
  let head = column / params.value_dim;
  let key_head = head / params.members;
  let member = head % params.members;
  return (member * params.n_key_heads + key_head) * params.value_dim + column % params.value_dim;
}

fn hadamard_read(token: u32, column: u32) -> f32 {
  let value = x[token * params.width + tiled(column)];
  if (params.keeps_plain == 1u) {
    y[params.width + column] = value;
  }
  return signs[params.first_sign + column] * value;
}

fn hadamard_store(token: u32, column: u32, value: f32) {
  y[token * params.width + column] = value;
}
