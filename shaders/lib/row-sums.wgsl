// Sums over the lanes that share a row, through workgroup memory. put_row_sums, a barrier, then row_sum.
//
// A workgroup is WORKGROUP_SIZE / lanes groups of lanes; group g has rows g, g + groups, ... of the
// workgroup, ROWS_PER_LANE (1, 2 or 4) of them. So row r of the workgroup has its lanes' sums side by side at
// r * lanes.

override WORKGROUP_SIZE: u32 = 64u;
override ROWS_PER_LANE: u32 = 4u;

var<workgroup> partial_sums: array<f32, WORKGROUP_SIZE * ROWS_PER_LANE>;

fn put_row_sums(sums: vec4<f32>, lane: u32) {
  partial_sums[lane] = sums.x;
  if (ROWS_PER_LANE > 1u) { partial_sums[lane + WORKGROUP_SIZE] = sums.y; }
  if (ROWS_PER_LANE > 2u) {
    partial_sums[lane + WORKGROUP_SIZE * 2u] = sums.z;
    partial_sums[lane + WORKGROUP_SIZE * 3u] = sums.w;
  }
}

// Neighbouring rows start at different columns, which keeps the lanes off each other's memory bank.
fn row_sum(row: u32, lanes: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < lanes; i++) { sum += partial_sums[row * lanes + ((i + row) & (lanes - 1u))]; }
  return sum;
}
