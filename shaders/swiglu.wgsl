// y[t, i] = silu(gate[t, i]) * up[t, i]
//
//   gate_up  f32 [n_tokens, gate: intermediate_size | up: intermediate_size]
//   y        f32 [n_tokens, intermediate_size]
//
// One lane per four values of a token. Shazeer 2020, arXiv:2002.05202.

struct Params { n_vecs: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> gate_up: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  let token = id.y;
  if (i >= params.n_vecs || token >= step.n_tokens) { return; }
  let gate = gate_up[2u * token * params.n_vecs + i];
  let up = gate_up[(2u * token + 1u) * params.n_vecs + i];
  // exp beyond f32's range is undefined in WGSL; below -80 silu is under 2e-33 anyway.
  y[token * params.n_vecs + i] = gate / (1.0 + exp(min(-gate, vec4<f32>(80.0)))) * up;
}
