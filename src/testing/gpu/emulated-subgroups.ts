/**
 * Shaders whose subgroups have a size that no adapter here has: what WGSL's subgroups do is made of workgroup
 * memory and of what each lane keeps for itself. The rest of a shader stays as it is.
 */

/**
 * `lib/row-sums-subgroup.wgsl` with subgroups of `params.size` lanes. Its caller sets `emulated_lane` first.
 */
export const withEmulatedSums = (source: string): string => `
${source.replace("enable subgroups;", "")}
var<private> emulated_lane: u32;
var<workgroup> emulated_values: array<vec4<f32>, WORKGROUP_SIZE>;

fn subgroupAdd(one: u32) -> u32 { return one * min(params.size, WORKGROUP_SIZE); }

// A lane of another subgroup has nothing to give.
fn subgroupShuffleXor(value: vec4<f32>, mask: u32) -> vec4<f32> {
  workgroupBarrier();
  emulated_values[emulated_lane] = value;
  workgroupBarrier();
  return select(vec4<f32>(1e30), emulated_values[emulated_lane ^ mask], mask < params.size);
}`;

const replaced = (source: string, from: string | RegExp, to: string): string => {
  if (source.search(from) < 0) throw new Error(`The shader no longer has ${String(from)}.`);
  return source.replace(from, to);
};

/**
 * `products/matmul-matrices.wgsl` in f32, with subgroups of `step.capacity` lanes, which the shader has no
 * other use for. Each lane has all of a matrix.
 */
export const withEmulatedMatrices = (source: string): string =>
  (
    [
      [/^enable \w+;$/gm, ""],
      [/\bf16\b/g, "f32"],
      ["alias Left = subgroup_matrix_left<f32, MATRIX_K, MATRIX_M>;", ""],
      ["alias Right = subgroup_matrix_right<f32, MATRIX_N, MATRIX_K>;", ""],
      ["alias Sum = subgroup_matrix_result<f32, MATRIX_N, MATRIX_M>;", matrices],
      [/subgroupMatrixLoad<Left, row_major>\(&input_tile, at, COLUMNS\)/, "emulated_left(at)"],
      [/subgroupMatrixLoad<Right, col_major>\(&weight_tile, at, COLUMNS\)/, "emulated_right(at)"],
      [/subgroupMatrixMultiplyAccumulate/, "emulated_product"],
      [
        /subgroupMatrixStore<row_major>\(&results, at_matrix, sums\[i\], MATRIX_N\);/,
        "for (var e = lane_of_subgroup; e < MATRIX_SIZE; e += subgroup_size) { results[at_matrix + e] = sums[i].v[e]; }",
      ],
      [/@builtin\(subgroup_id\)[^{]*\{/, `) {\n${builtins}`],
    ] as const
  ).reduce((text, [from, to]) => replaced(text, from, to), source);

const builtins = `
  let subgroup = lane / step.capacity;
  let lane_of_subgroup = lane % step.capacity;
  let subgroup_size = step.capacity;
`;

const matrices = `
struct Left { v: array<f32, MATRIX_M * MATRIX_K> }
struct Right { v: array<f32, MATRIX_N * MATRIX_K> }
struct Sum { v: array<f32, MATRIX_SIZE> }

fn emulated_left(at: u32) -> Left {
  var m: Left;
  for (var i = 0u; i < MATRIX_M * MATRIX_K; i++) { m.v[i] = input_tile[at + i / 4u][i % 4u]; }
  return m;
}
fn emulated_right(at: u32) -> Right {
  var m: Right;
  for (var i = 0u; i < MATRIX_N * MATRIX_K; i++) { m.v[i] = weight_tile[at + i / 4u][i % 4u]; }
  return m;
}
fn emulated_product(left: Left, right: Right, before: Sum) -> Sum {
  var sum = before;
  var a = left;
  var b = right;
  for (var e = 0u; e < MATRIX_SIZE; e++) {
    for (var k = 0u; k < MATRIX_K; k++) {
      sum.v[e] += a.v[e / MATRIX_N * MATRIX_K + k] * b.v[e % MATRIX_N * MATRIX_K + k];
    }
  }
  return sum;
}
`;
