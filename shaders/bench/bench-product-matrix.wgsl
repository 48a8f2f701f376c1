enable f16;
enable subgroups;
enable chromium_experimental_subgroup_matrix;
// The most products on subgroup matrices that the device reaches, f16 with f32 sums: 8 chains a subgroup that
// do not wait for each other.
//
//   sums  f32 [invocations]; written so that no product can be left out
//
// MATRIX_M, MATRIX_N, MATRIX_K and SUBGROUP_SIZE are given when the file is linked. 8 × 2 × M × N × K
// operations a subgroup and round.

struct Params { n_rounds: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

alias Left = subgroup_matrix_left<f16, MATRIX_K, MATRIX_M>;
alias Right = subgroup_matrix_right<f16, MATRIX_N, MATRIX_K>;
alias Sum = subgroup_matrix_result<f32, MATRIX_N, MATRIX_M>;

const LANES = 4u * SUBGROUP_SIZE;

var<workgroup> values: array<f16, 1024>;
const MATRIX_SIZE = MATRIX_M * MATRIX_N;
var<workgroup> results: array<f32, 4u * MATRIX_SIZE>;

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_id) subgroup: u32,
) {
  for (var i = lane; i < 1024u; i += LANES) {
    values[i] = f16(f32((i + workgroup.x) & 7u) * 0.0625);
  }
  workgroupBarrier();
  let left = subgroupMatrixLoad<Left, row_major>(&values, 0u, MATRIX_K);
  let right = subgroupMatrixLoad<Right, col_major>(&values, 512u, MATRIX_K);
  var chains: array<Sum, 8>;
  for (var round = 0u; round < params.n_rounds; round++) {
    for (var i = 0u; i < 8u; i++) {
      chains[i] = subgroupMatrixMultiplyAccumulate(left, right, chains[i]);
    }
  }
  var all = 0.0;
  // of every subgroup, or a compiler could leave out the others' products
  let own = (subgroup & 3u) * MATRIX_SIZE;
  for (var i = 0u; i < 8u; i++) {
    subgroupMatrixStore<row_major>(&results, own, chains[i], MATRIX_N);
    workgroupBarrier();
    all += results[own + lane % MATRIX_SIZE];
    workgroupBarrier();
  }
  sums[workgroup.x * LANES + lane] = all;
}
