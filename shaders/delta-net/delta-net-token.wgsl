// One token of a Gated DeltaNet between its in- and out-projections: convolution, gated delta rule, gated
// norm. For value head h with key head h % n_key_heads and the state S [VALUE_DIM, KEY_DIM]:
//
//   q, k, v = silu(sum_j taps[ch, j] u[t - 3 + j, ch])             of the channels of these heads
//   k, q <- k / |k|, q / |q| / sqrt(KEY_DIM)      alpha = exp(a softplus(x_a + dt_bias)), beta = sigmoid(x_b)
//   delta = beta (v - alpha S k),   o = alpha S q + delta (k . q),   S <- alpha S + delta k^T
//   y[h] = o / sqrt(mean(o^2) + eps) * norm * silu(z[h])
//
//   projected  f32 [qkv: q n_key_heads * KEY_DIM | k the same | v n_value_heads * VALUE_DIM; z from z_column,
//              x_b, x_a the same]
//   taps       f32 [channels of qkv, 4]; taps[ch, 3] meets the current token
//   gates      f32 [a: n_value_heads | dt_bias: n_value_heads]; a = -exp(A_log), as GGUF stores it
//   norm       f32 [VALUE_DIM]
//   ring       f32 [4, channels]: slot i & 3 holds u of the sequence's token i
//   state      f32 [n_value_heads, KEY_DIM / 4, VALUE_DIM, 4]
//   y          f32 [n_value_heads, VALUE_DIM]
//
// One workgroup per value head. A lane holds one of PARTS parts of a row of S in registers; both dots are
// taken of the old S, so that there is one reduction. Value heads that share a key head convolve it each; the
// first of them writes the ring, at the one slot that none of them reads. The plain kernels are causal-conv,
// delta-rule, gated-norm. Yang et al. 2024, arXiv:2412.06464; docs/model.md#gated-deltanet

const LANES = VALUE_DIM * PARTS;
const KEY_VECS = KEY_DIM / 4u;
const VALUE_VECS = VALUE_DIM / 4u;
const VECS = KEY_VECS / PARTS; // of a row of S in a lane
const RUN = 8u; // squares of o that one lane adds up
const L2_EPS = 1e-6;

struct Params {
  n_key_heads: u32,
  n_value_heads: u32,
  z_column: u32,
  b_column: u32,
  a_column: u32,
  eps: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> projected: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> taps: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> gates: array<f32>;
@group(0) @binding(5) var<storage, read> norm: array<f32>;
@group(0) @binding(6) var<storage, read_write> ring: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> state: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> y: array<f32>;

// Whole vec4s are written, never their components: a write to one component of a vector may touch all of it.
var<workgroup> convolved: array<vec4<f32>, 2u * KEY_VECS + VALUE_VECS>; // q | k | v
var<workgroup> state_k: array<f32, LANES>;
var<workgroup> state_q: array<f32, LANES>;
var<workgroup> key_key: array<f32, PARTS>;
var<workgroup> query_query: array<f32, PARTS>;
var<workgroup> key_query: array<f32, PARTS>;
var<workgroup> squares: array<f32, VALUE_DIM>;
var<workgroup> run_squares: array<f32, VALUE_DIM / RUN>;

fn column(i: u32) -> f32 { return projected[i >> 2u][i & 3u]; }

fn total(v: vec4<f32>) -> f32 { return (v.x + v.y) + (v.z + v.w); }

// Four channels of the convolution from channel 4 vec on.
fn convolve(vec: u32, writes_ring: bool) -> vec4<f32> {
  let stride = params.n_key_heads * KEY_VECS * 2u + params.n_value_heads * VALUE_VECS; // of a slot
  let now = step.kv_length; // the slots of an empty sequence are zero
  let u = projected[vec];
  let window = transpose(mat4x4<f32>(
    ring[((now + 1u) & 3u) * stride + vec], // token now - 3
    ring[((now + 2u) & 3u) * stride + vec],
    ring[((now + 3u) & 3u) * stride + vec],
    u,
  ));
  if (writes_ring) { ring[(now & 3u) * stride + vec] = u; }
  let at = vec * 4u;
  return vec4<f32>(
    silu(dot(taps[at], window[0])),
    silu(dot(taps[at + 1u], window[1])),
    silu(dot(taps[at + 2u], window[2])),
    silu(dot(taps[at + 3u], window[3])),
  );
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (step.halt != 0u) { return; }
  let head = group.x;
  let key_head = head % params.n_key_heads; // GGUF keeps value heads tiled over key heads
  let row = lane % VALUE_DIM;
  let part = lane / VALUE_DIM;
  let state_at = (head * KEY_VECS + part * VECS) * VALUE_DIM + row;

  var S = array<vec4<f32>, VECS>();
  for (var j = 0u; j < VECS; j++) { S[j] = state[state_at + j * VALUE_DIM]; }

  let q_at = key_head * KEY_VECS;
  let k_at = (params.n_key_heads + key_head) * KEY_VECS;
  let v_at = 2u * params.n_key_heads * KEY_VECS + head * VALUE_VECS;
  for (var i = lane; i < 2u * KEY_VECS + VALUE_VECS; i += LANES) {
    if (i < KEY_VECS) {
      convolved[i] = convolve(q_at + i, head == key_head);
    } else if (i < 2u * KEY_VECS) {
      convolved[i] = convolve(k_at + i - KEY_VECS, head == key_head);
    } else {
      convolved[i] = convolve(v_at + i - 2u * KEY_VECS, true);
    }
  }
  workgroupBarrier();

  var sk = vec4<f32>();
  var sq = vec4<f32>();
  var kk = vec4<f32>();
  var qq = vec4<f32>();
  var kq = vec4<f32>();
  for (var j = 0u; j < VECS; j++) {
    let q = convolved[part * VECS + j];
    let k = convolved[KEY_VECS + part * VECS + j];
    sk += S[j] * k;
    sq += S[j] * q;
    kk += k * k;
    qq += q * q;
    kq += k * q;
  }
  state_k[lane] = total(sk);
  state_q[lane] = total(sq);
  if (row == 0u) {
    key_key[part] = total(kk);
    query_query[part] = total(qq);
    key_query[part] = total(kq);
  }
  workgroupBarrier();

  var recalled = 0.0;
  var read = 0.0;
  var k_squares = L2_EPS;
  var q_squares = L2_EPS;
  var k_dot_q = 0.0;
  for (var p = 0u; p < PARTS; p++) {
    recalled += state_k[p * VALUE_DIM + row];
    read += state_q[p * VALUE_DIM + row];
    k_squares += key_key[p];
    q_squares += query_query[p];
    k_dot_q += key_query[p];
  }
  let k_scale = 1.0 / sqrt(k_squares);
  let q_scale = 1.0 / sqrt(q_squares * f32(KEY_DIM));
  let alpha = exp(gates[head] * softplus(column(params.a_column + head) + gates[params.n_value_heads + head]));
  let beta = sigmoid(column(params.b_column + head));
  let v = convolved[2u * KEY_VECS + row / 4u][row & 3u];
  let delta = beta * (v - alpha * recalled * k_scale);
  let o = (alpha * read + delta * k_scale * k_dot_q) * q_scale;
  for (var j = 0u; j < VECS; j++) {
    state[state_at + j * VALUE_DIM] = alpha * S[j] + (delta * k_scale) * convolved[KEY_VECS + part * VECS + j];
  }

  // The mean of o^2 over the head's rows, in two steps.
  if (part == 0u) { squares[row] = o * o; }
  workgroupBarrier();
  if (lane < VALUE_DIM / RUN) {
    var sum = 0.0;
    for (var i = 0u; i < RUN; i++) { sum += squares[lane * RUN + i]; }
    run_squares[lane] = sum;
  }
  workgroupBarrier();
  if (part == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < VALUE_DIM / RUN; i++) { sum += run_squares[i]; }
    let scale = 1.0 / sqrt(sum / f32(VALUE_DIM) + params.eps);
    let z = column(params.z_column + head * VALUE_DIM + row);
    y[head * VALUE_DIM + row] = o * scale * norm[row] * silu(z);
  }
}
