// F32, F16 or BF16 -> Q6_K: x ~ d scale (q - 32), q of 6 bits; scale int8 per 16 weights; d f16 per block of
// 8 spans.
//
// One lane takes a span, two scales: it searches them, the lanes of a block agree on d, and each tries the
// neighbours of its rounded scales. Planes: lib/weight/q6_k.wgsl.

const SPANS = 8u;

alias HalfSpan = array<vec4<f32>, 4>;

var<workgroup> first_scales: array<f32, WORKGROUP_SIZE>;
var<workgroup> last_scales: array<f32, WORKGROUP_SIZE>;
var<workgroup> scale_pairs: array<u32, WORKGROUP_SIZE>; // two int8
var<workgroup> halves: array<u32, WORKGROUP_SIZE>;

fn codes_of(x: vec4<f32>, inverse_scale: f32) -> vec4<f32> {
  return clamp(round(x * inverse_scale), vec4<f32>(-32.0), vec4<f32>(31.0));
}

// The scale before it is rounded. sum (x - s q)^2 with the best s is sum x^2 - (sum q x)^2 / sum q^2.
fn search(x: HalfSpan) -> f32 {
  var high = vec4<f32>(0.0);
  var low = vec4<f32>(0.0);
  for (var i = 0u; i < 4u; i++) {
    high = max(high, x[i]);
    low = min(low, x[i]);
  }
  let highest = largest_of(high);
  let lowest = -largest_of(-low);
  let largest = select(lowest, highest, highest >= -lowest);
  if (largest == 0.0) {
    return 0.0;
  }
  var found = 0.0;
  var most = 0.0;
  for (var step = 0u; step < 19u; step++) {
    let inverse_scale = -(31.1 + 0.1 * f32(step)) / largest;
    var qx_sums = vec4<f32>(0.0);
    var qq_sums = vec4<f32>(0.0);
    for (var i = 0u; i < 4u; i++) {
      let q = codes_of(x[i], inverse_scale);
      qx_sums += q * x[i];
      qq_sums += q * q;
    }
    let sum_qx = sum_of(qx_sums);
    let scale = sum_qx * inverse(sum_of(qq_sums));
    if (sum_qx * scale > most) {
      most = sum_qx * scale;
      found = scale;
    }
  }
  return found;
}

fn error_of(x: HalfSpan, scale: f32) -> f32 {
  let inverse_scale = inverse(scale);
  var sums = vec4<f32>(0.0);
  for (var i = 0u; i < 4u; i++) {
    let off = codes_of(x[i], inverse_scale) * scale - x[i];
    sums += off * off;
  }
  return sum_of(sums);
}

// The whole number -128 .. 127 of a scale, of those beside the nearest, that is the least off.
fn round_scale(x: HalfSpan, scale: f32, d: f32) -> f32 {
  let nearest = round(scale * inverse(d));
  var best = clamp(nearest, -128.0, 127.0);
  var least = error_of(x, best * d);
  for (var i = 0u; i < 2u; i++) {
    let candidate = clamp(nearest + 2.0 * f32(i) - 1.0, -128.0, 127.0);
    let error = error_of(x, candidate * d);
    if (error < least) {
      least = error;
      best = candidate;
    }
  }
  return best;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let span = invocation_of(workgroup, workgroups, lane);
  let is_inside = span < params.n_blocks * SPANS;
  var x = Span();
  if (is_inside) {
    x = raw_span(span);
  }
  let first_half = HalfSpan(x[0], x[1], x[2], x[3]);
  let last_half = HalfSpan(x[4], x[5], x[6], x[7]);
  let found = vec2<f32>(search(first_half), search(last_half));
  first_scales[lane] = found.x;
  last_scales[lane] = found.y;
  workgroupBarrier();

  let first = lane & ~(SPANS - 1u);
  var largest = 0.0;
  for (var s = 0u; s < SPANS; s++) {
    let a = first_scales[first + s];
    let b = last_scales[first + s];
    largest = select(largest, a, abs(a) > abs(largest));
    largest = select(largest, b, abs(b) > abs(largest));
  }
  let d_bits = half_bits(largest / -128.0);
  let d = half_value(d_bits);
  let rounded = vec2<f32>(round_scale(first_half, found.x, d), round_scale(last_half, found.y, d));
  scale_pairs[lane] = bytes_of(vec4<f32>(rounded, 0.0, 0.0));
  halves[lane] = select(0u, d_bits, is_inside);
  workgroupBarrier();

  if (!is_inside) {
    return;
  }
  let to_span = params.first_block * SPANS + span;
  let inverses = vec2<f32>(inverse(rounded.x * d), inverse(rounded.y * d));
  let high_plane = params.n_spans * 4u;
  var first_pairs = 0u;
  var last_pairs = 0u;
  for (var j = 0u; j < 4u; j++) {
    let inverse_scale = select(inverses.x, inverses.y, j >= 2u);
    let a = bytes_of(codes_of(x[2u * j], inverse_scale) + 32.0);
    let b = bytes_of(codes_of(x[2u * j + 1u], inverse_scale) + 32.0);
    planes[to_span * 4u + j] = (a & 0x0F0F0F0Fu) | ((b & 0x0F0F0F0Fu) << 4u);
    first_pairs |= ((a >> 4u) & 0x03030303u) << (2u * j);
    last_pairs |= ((b >> 4u) & 0x03030303u) << (2u * j);
  }
  planes[high_plane + to_span * 2u] = first_pairs;
  planes[high_plane + to_span * 2u + 1u] = last_pairs;

  let block = to_span / SPANS;
  let scales_plane = params.n_spans * 6u;
  if ((lane & 1u) == 0u) {
    planes[scales_plane + to_span / 2u] = scale_pairs[lane] | (scale_pairs[lane + 1u] << 16u);
  }
  let d_plane = scales_plane + params.n_spans / 2u;
  if (lane == first && (block & 1u) == 0u) {
    let next = select(0u, halves[lane + SPANS], span + SPANS < params.n_blocks * SPANS);
    planes[d_plane + (block >> 1u)] = d_bits | (next << 16u);
  }
}
