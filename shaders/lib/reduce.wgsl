// Sums over a workgroup through workgroup memory: every lane adds all partial sums in the same order, so the
// result is the same in each, one barrier after the lanes have written.

const WORKGROUP_SIZE = 64u;

// Scalars, not vec4s: a write to one component of a vector may touch all of it.
var<workgroup> partial_sums: array<f32, WORKGROUP_SIZE>;

fn workgroup_sum(x: f32, lane: u32) -> f32 {
  partial_sums[lane] = x;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < WORKGROUP_SIZE; i++) { sum += partial_sums[i]; }
  workgroupBarrier(); // the next call writes the same places
  return sum;
}
