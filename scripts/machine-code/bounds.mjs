// Bounds on the machine code of the ten kernels that most of the time goes to. `npm run machine-code --
// --check` holds them, and compiles these kernels alone; the nightly run calls it.

/** Nothing spills at the registers that these targets have today; `waves` at least, `registers` at most. */
const kernels = {
  "residual-product Q4_K, 64 lanes, 2 rows each": {
    navi31: [84, 18, 12],
    "apple-m1": [127, 832],
    "nv-ada": [64, 32],
  },
  "residual-product Q6_K, 64 lanes, 2 rows each": { navi31: [84, 18, 12] },
  "gate-up Q4_K Q4_K, 64 lanes, 4 rows each": {
    navi31: [96, 16, 13],
    "apple-m1": [143, 704],
    "nv-ada": [80, 24],
  },
  "norm-product Q4_K, 64 lanes, 4 rows each": {
    navi31: [96, 16, 13],
    "apple-m1": [143, 704],
    "nv-ada": [80, 24],
  },
  "matvec Q6_K": { navi31: [96, 16], "apple-m1": [143, 704], "nv-ada": [80, 24] },
  "delta-net-token 0.8b": { navi31: [120, 12], "nv-ada": [232, 8] },
  "attention-token 0.8b kv f16": { navi31: [144, 10, 8], "apple-m1": [175, 576], "nv-ada": [96, 20] },
  "matmul Q4_K f32 64x64x32": { navi31: [96, 8], "apple-m1": [127, 832], "nv-ada": [64, 32] },
  "attention 0.8b kv f16": { navi31: [120, 12], "apple-m1": [231, 448], "nv-ada": [104, 16] },
  "delta-rule-blocks 0.8b": { navi31: [160, 4], "apple-m1": [160, 640], "nv-ada": [96, 20] },
};

/** Spills that are known and not mended yet, as `target kernel`. */
const mostSpills = { "intel-a770 delta-net-token 0.8b": 2 };

/** Names of the kernels, as a pattern for `--only`. */
export const boundedKernels = `^(${Object.keys(kernels).join("|")})$`;

/** Sentences for the bounds that the rows of a target break; a kernel without a row breaks its own. */
export function broken(target, rows) {
  const compiled = new Set(rows.map(({ name }) => name));
  const absent = Object.keys(kernels).filter((name) => !compiled.has(name));
  return absent.map((name) => `${name}: was not compiled.`).concat(brokenBy(target, rows));
}

function brokenBy(target, rows) {
  return rows.flatMap((row) => {
    const bounds = kernels[row.name];
    if (!bounds) return [];
    const [registers = Infinity, waves = 0, inFlight = 0] = bounds[target] ?? [];
    const spills = mostSpills[`${target} ${row.name}`] ?? 0;
    return [
      ...(row.spills > spills ? [`${row.name}: ${row.spills} registers spill; at most ${spills} may.`] : []),
      ...(row.registers > registers
        ? [`${row.name}: ${row.registers} registers; at most ${registers}.`]
        : []),
      ...(row.waves < waves ? [`${row.name}: ${row.waves} waves or threads; at least ${waves}.`] : []),
      ...((row.inFlight ?? 0) < inFlight
        ? [`${row.name}: ${row.inFlight} loads in flight; at least ${inFlight}.`]
        : []),
    ];
  });
}
