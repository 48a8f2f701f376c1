// The largest of a span of 32 values, and what f16 forms of it are multiplied by.

fn largest_of(v: array<vec4<f32>, 8>) -> f32 {
  let all = max(
    max(max(abs(v[0]), abs(v[1])), max(abs(v[2]), abs(v[3]))),
    max(max(abs(v[4]), abs(v[5])), max(abs(v[6]), abs(v[7]))),
  );
  return max(max(all.x, all.y), max(all.z, all.w));
}

// The factor that divides values by their largest: its inverse, or 0 where all are zero or too small for an
// inverse.
fn inverse_of(scale: f32) -> f32 {
  return select(0.0, 1.0 / scale, scale > 1e-37);
}
