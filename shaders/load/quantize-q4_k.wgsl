// F32, F16 or BF16 -> Q4_K: x ~ d scale q - dmin min, q of 4 bits; scale and min of 6 bits per span; d, dmin
// f16 per block of 8 spans.
//
// One lane takes a span: it searches scale and min, the lanes of a block agree on d and dmin, and each tries
// the neighbours of its rounded scale and min. Planes: lib/weight/q4_k.wgsl.

const SPANS = 8u;

var<workgroup> scales: array<f32, WORKGROUP_SIZE>;
var<workgroup> minima: array<f32, WORKGROUP_SIZE>;
var<workgroup> scale_codes: array<u32, WORKGROUP_SIZE>;
var<workgroup> min_codes: array<u32, WORKGROUP_SIZE>;

fn codes_of(x: vec4<f32>, inverse_scale: f32, minimum: f32) -> vec4<f32> {
  return clamp(round((x + minimum) * inverse_scale), vec4<f32>(0.0), vec4<f32>(15.0));
}

// sum (x - (scale q - minimum))^2 with the nearest codes.
fn error_of(x: Span, fit: vec2<f32>) -> f32 {
  let inverse_scale = inverse(fit.x);
  var sums = vec4<f32>(0.0);
  for (var i = 0u; i < 8u; i++) {
    let off = codes_of(x[i], inverse_scale, fit.y) * fit.x - fit.y - x[i];
    sums += off * off;
  }
  return sum_of(sums);
}

// (scale, minimum >= 0) by least squares, for the codes that `fit` gives. `mean` = sum x / 32: sums are taken
// about it, for the precision of f32.
fn refit(x: Span, mean: f32, fit: vec2<f32>) -> vec2<f32> {
  let inverse_scale = inverse(fit.x);
  var q_sums = vec4<f32>(0.0);
  var qq_sums = vec4<f32>(0.0);
  var qx_sums = vec4<f32>(0.0); // of x - mean
  for (var i = 0u; i < 8u; i++) {
    let q = codes_of(x[i], inverse_scale, fit.y);
    q_sums += q;
    qq_sums += q * q;
    qx_sums += q * (x[i] - mean);
  }
  let sum_q = sum_of(q_sums);
  let sum_qq = sum_of(qq_sums);
  let sum_qx = sum_of(qx_sums);
  let determinant = 32.0 * sum_qq - sum_q * sum_q; // whole numbers below 2^24: exact
  if (determinant <= 0.0) {
    return fit;
  }
  let scale = 32.0 * sum_qx / determinant;
  let minimum = scale * sum_q / 32.0 - mean;
  if (minimum < 0.0) {
    return vec2<f32>((sum_qx + mean * sum_q) / sum_qq, 0.0);
  }
  return vec2<f32>(scale, minimum);
}

// The best (scale, minimum) before either is rounded.
fn search(x: Span) -> vec2<f32> {
  var low = vec4<f32>(0.0);
  var high = x[0];
  var total = vec4<f32>(0.0);
  for (var i = 0u; i < 8u; i++) {
    low = min(low, x[i]);
    high = max(high, x[i]);
    total += x[i];
  }
  let lowest = -largest_of(-low);
  let range = largest_of(high) - lowest;
  let mean = sum_of(total) / 32.0;
  var found = vec2<f32>(range / 15.0, -lowest);
  if (range == 0.0) {
    return found;
  }
  var least = error_of(x, found);
  for (var candidate = 0u; candidate < 27u; candidate++) {
    let step = f32(candidate % 9u);
    let share = 1.0 - 0.5 * f32(candidate / 9u);
    let first = refit(x, mean, vec2<f32>(range / (14.0 + 0.25 * step), -lowest * share));
    let fit = refit(x, mean, first);
    let error = error_of(x, fit);
    if (error < least) {
      least = error;
      found = fit;
    }
  }
  return found;
}

// The whole numbers 0 .. 63 of scale and minimum, of those beside the nearest, that are the least off.
fn round_fit(x: Span, fit: vec2<f32>, d: vec2<f32>) -> vec2<f32> {
  let nearest = round(fit * vec2<f32>(inverse(d.x), inverse(d.y)));
  var best = clamp(nearest, vec2<f32>(0.0), vec2<f32>(63.0));
  var least = error_of(x, best * d);
  for (var i = 0u; i < 9u; i++) {
    let beside = nearest + vec2<f32>(f32(i % 3u), f32(i / 3u)) - 1.0;
    let candidate = clamp(beside, vec2<f32>(0.0), vec2<f32>(63.0));
    let error = error_of(x, candidate * d);
    if (error < least) {
      least = error;
      best = candidate;
    }
  }
  return best;
}

fn write_record(lane: u32, block: u32, d_bits: u32) {
  var words = vec4<u32>(d_bits, 0u, 0u, 0u);
  for (var s = 0u; s < SPANS; s++) {
    let scale = scale_codes[lane + s];
    let minimum = min_codes[lane + s];
    words.y |= (scale & 15u) << (4u * s);
    words.z |= (minimum & 15u) << (4u * s);
    words.w |= ((scale >> 4u) << (2u * s)) | ((minimum >> 4u) << (2u * s + 16u));
  }
  let at = params.n_spans * 4u + block * 4u;
  planes[at] = words.x;
  planes[at + 1u] = words.y;
  planes[at + 2u] = words.z;
  planes[at + 3u] = words.w;
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
  var fit = vec2<f32>(0.0);
  if (is_inside) {
    x = raw_span(span);
    fit = search(x);
  }
  scales[lane] = fit.x;
  minima[lane] = fit.y;
  workgroupBarrier();

  let first = lane & ~(SPANS - 1u);
  var largest = vec2<f32>(0.0);
  for (var s = 0u; s < SPANS; s++) {
    largest = max(largest, vec2<f32>(scales[first + s], minima[first + s]));
  }
  let d_bits = half_bits(largest.x / 63.0) | (half_bits(largest.y / 63.0) << 16u);
  let d = unpack2x16float(d_bits);
  let rounded = round_fit(x, fit, d);
  scale_codes[lane] = u32(rounded.x);
  min_codes[lane] = u32(rounded.y);
  workgroupBarrier();

  if (!is_inside) {
    return;
  }
  let chosen = rounded * d;
  let inverse_scale = inverse(chosen.x);
  let to_span = params.first_block * SPANS + span;
  for (var j = 0u; j < 4u; j++) {
    let low = bytes_of(codes_of(x[2u * j], inverse_scale, chosen.y));
    let high = bytes_of(codes_of(x[2u * j + 1u], inverse_scale, chosen.y));
    planes[to_span * 4u + j] = low | (high << 4u);
  }
  if (lane == first) {
    write_record(lane, to_span / SPANS, d_bits);
  }
}
