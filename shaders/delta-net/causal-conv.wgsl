// c[t, ch] = silu(sum_j taps[ch, j] * u[t - 3 + j, ch]), j = 0..3: a depthwise causal convolution of 4, then
// SiLU
//
//   projected  f32 [n_tokens, row_stride]; its first n_channels columns are u
//   taps       f32 [n_channels, 4]; taps[ch, 3] meets the current token
//   ring       f32 [4, n_channels]: slot i & 3 holds u of the sequence's token i, before SiLU
//   c          f32 [n_tokens, n_channels]
//
// One lane per channel, walking the tokens; no other lane touches its column of the ring.
// docs/model.md#convolution

struct Params { n_channels: u32, row_stride: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> projected: array<f32>;
@group(0) @binding(3) var<storage, read> taps: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> ring: array<f32>;
@group(0) @binding(5) var<storage, read_write> c: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let channel = id.x;
  if (channel >= params.n_channels || step.halt != 0u) { return; }

  let first = step.kv_length; // tokens before this step; the slots of an empty sequence are zero
  var window = vec4<f32>(
    0.0,
    ring[((first + 1u) & 3u) * params.n_channels + channel], // token first - 3
    ring[((first + 2u) & 3u) * params.n_channels + channel],
    ring[((first + 3u) & 3u) * params.n_channels + channel],
  );
  let tap = taps[channel];
  for (var t = 0u; t < step.n_tokens; t++) {
    let u = projected[t * params.row_stride + channel];
    window = vec4<f32>(window.yzw, u);
    ring[((first + t) & 3u) * params.n_channels + channel] = u;
    c[t * params.n_channels + channel] = silu(dot(tap, window));
  }
}
