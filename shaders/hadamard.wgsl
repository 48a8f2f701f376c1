// y = H v / sqrt(BLOCK) for each run of BLOCK columns of a token: the Walsh-Hadamard transform in natural
// order, H[r][c] = (-1)^popcount(r & c). lib/hadamard/ says what v is, and what becomes of y.
//
// One workgroup takes one run. Two rounds of sums and differences at a time: four values in registers, log2
// BLOCK / 2 barriers. H is its own inverse.

const SCALE = 1.0 / sqrt(f32(BLOCK));

var<workgroup> values: array<f32, BLOCK>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first = workgroup.x * BLOCK;
  let token = workgroup.y;
  for (var i = lane; i < BLOCK; i += LANES) {
    values[i] = hadamard_read(token, first + i);
  }
  var width = 1u; // of what is transformed already
  for (; 4u * width <= BLOCK; width *= 4u) {
    workgroupBarrier();
    for (var i = lane; i < BLOCK / 4u; i += LANES) {
      let below = i & (width - 1u);
      let at = 4u * (i - below) + below;
      let a = values[at];
      let b = values[at + width];
      let c = values[at + 2u * width];
      let d = values[at + 3u * width];
      values[at] = (a + b) + (c + d);
      values[at + width] = (a - b) + (c - d);
      values[at + 2u * width] = (a + b) - (c + d);
      values[at + 3u * width] = (a - b) - (c - d);
    }
  }
  workgroupBarrier();
  if (width < BLOCK) {
    for (var i = lane; i < width; i += LANES) {
      let a = values[i];
      let b = values[i + width];
      values[i] = a + b;
      values[i + width] = a - b;
    }
    workgroupBarrier();
  }
  for (var i = lane; i < BLOCK; i += LANES) {
    hadamard_store(token, first + i, SCALE * values[i]);
  }
}
