enable subgroups;
diagnostic(off, subgroup_uniformity);
// The row sums of lib/row-sums.wgsl, with sums over subgroups first: one lane of a row in each subgroup, or
// one lane at all, writes its sum. For subgroups of any size. It takes neighbouring lanes to be neighbours in
// their subgroup, which WGSL does not promise: a device where that is not so gives other numbers than the
// baseline, and the tuner leaves this file out there.

override WORKGROUP_SIZE: u32 = 64u;
override ROWS_PER_LANE: u32 = 4u;

var<workgroup> partial_sums: array<f32, WORKGROUP_SIZE * ROWS_PER_LANE>;
var<private> width: u32; // lanes of a row that one sum stands for

fn put_row_sums(sums: vec4<f32>, lane: u32) {
  let lanes = 1u << params.lane_bits;
  // all lanes are active here; a small workgroup may leave some of a subgroup empty
  width = min(lanes, subgroupAdd(1u));
  // Steps past the subgroup give what is not used. The branches are on a parameter, so all lanes take them
  // together.
  var all = sums;
  if (lanes > 1u) { all = select(all, all + subgroupShuffleXor(all, 1u), width > 1u); }
  if (lanes > 2u) { all = select(all, all + subgroupShuffleXor(all, 2u), width > 2u); }
  if (lanes > 4u) { all = select(all, all + subgroupShuffleXor(all, 4u), width > 4u); }
  if (lanes > 8u) { all = select(all, all + subgroupShuffleXor(all, 8u), width > 8u); }
  if (lanes > 16u) { all = select(all, all + subgroupShuffleXor(all, 16u), width > 16u); }
  if (lanes > 32u) { all = select(all, all + subgroupShuffleXor(all, 32u), width > 32u); }
  if ((lane & (width - 1u)) != 0u) { return; }
  let at = lane / width;
  let step_to_row = WORKGROUP_SIZE / width; // of the next of a lane's rows
  partial_sums[at] = all.x;
  if (ROWS_PER_LANE > 1u) { partial_sums[at + step_to_row] = all.y; }
  if (ROWS_PER_LANE > 2u) {
    partial_sums[at + step_to_row * 2u] = all.z;
    partial_sums[at + step_to_row * 3u] = all.w;
  }
}

fn row_sum(row: u32, lanes: u32) -> f32 {
  let n = lanes / width;
  var sum = 0.0;
  for (var i = 0u; i < n; i++) { sum += partial_sums[row * n + i]; }
  return sum;
}
