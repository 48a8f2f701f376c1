// What the drivers wrote about the pipelines, as one row a kernel with the same columns for every vendor.
import { countsOf } from "./amd-code.mjs";

/**
 * A kernel's machine code.
 *
 * `registers`: a lane's registers of 32 bits; Adreno's of 128; Apple's of 16, of 256; Intel's live ones at
 * most, of 128. `waves`: AMD's a SIMD, NVIDIA's an SM, Adreno's a core; Apple's are threads a core, Intel's
 * the lanes of a subgroup. `cycles` and `latency` are the compiler's own model with guessed loop counts: they
 * compare like with like. The columns after `latency` are AMD's alone.
 *
 * @typedef {{ name: string, registers: number, spills: number, fills: number, waves: number, shared: number,
 *   instructions: number, cycles: number, latency?: number, valu?: number, loads?: string, loop?: string,
 *   loopValu?: number, inFlight?: number }} Row
 */

/**
 * Reads what the child of the compilation and its driver wrote to stderr.
 *
 * @returns {{ device: object | null, rows: Row[], refused: { name: string, error: string }[], texts:
 *   Map<string, string> }}
 */
export function readStatistics(text) {
  const made = [];
  const refused = [];
  let device = null;
  let name = "";
  let lines = null;
  for (const line of text.split("\n")) {
    const fields = line.startsWith("@@ ") ? fieldsOf(line.slice(3)) : null;
    if (!fields) lines?.push(line);
    else if (fields.device) device = fields;
    else if (fields.error) refused.push({ name: fields.kernel, error: fields.error });
    else if (fields.kernel) name = fields.kernel;
    else if (fields.stats) made.push({ name, statistics: fields.stats, texts: {} });
    else if (fields.text) made.at(-1).texts[fields.text] = lines = [];
    else if (fields.textEnd) lines = null;
  }
  const rows = made.map(({ name: kernel, statistics, texts }) => rowOf(kernel, statistics, texts));
  const texts = new Map(made.map(({ name: kernel, texts: all }) => [kernel, textOf(all)]));
  return { device, rows, refused, texts };
}

/** Drivers may write into a line of ours; such a line says nothing. */
function fieldsOf(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const textOf = (texts) =>
  Object.entries(texts)
    .map(([name, lines]) => `# ${name}\n${lines.join("\n")}`)
    .join("\n");

/** @returns {Row} */
function rowOf(name, s, texts) {
  if ("FSCIB" in s)
    return {
      name,
      ...{ registers: s.GPRs, spills: s.Spills, fills: s.Fills, waves: s.Threads, shared: 0 },
      ...{ instructions: s.Instructions, cycles: s.ALU },
    };
  if ("Max warps/SM" in s)
    return {
      name,
      ...{ registers: s["Number of GPRs"], spills: s["Spills to memory"], fills: s["Fills from memory"] },
      ...{ waves: s["Max warps/SM"], shared: 0 },
      ...{ instructions: s["Instruction count"], cycles: s["Static cycle count"] },
    };
  if ("Max Waves Per Core" in s)
    return {
      name,
      ...{ registers: s["Registers used"], spills: s["STP Count"], fills: s["LDP Count"] },
      ...{ waves: s["Max Waves Per Core"], shared: 0, instructions: s["Instruction Count"] },
      cycles:
        s["Estimated cycles stalled on SS"] + s["Estimated cycles stalled on SY"] + s["Instruction Count"],
    };
  if ("SENDs" in s)
    return {
      name,
      ...{ registers: s["Max live registers"], spills: s.Spills, fills: s.Fills, waves: s.subgroup },
      ...{ shared: s["Workgroup Memory Size"], instructions: s.Instructions, cycles: s.Cycles },
    };
  const { all, loop } = countsOf((texts.Assembly ?? []).join("\n"));
  return {
    name,
    ...{ registers: s.VGPRs, spills: s["Spilled VGPRs"], fills: s["Spilled SGPRs"] },
    ...{ waves: s["Subgroups per SIMD"], shared: s["LDS size"], instructions: s.Instructions },
    ...{ cycles: s["Inverse Throughput"], latency: s.Latency, valu: all.valu, loads: loadsOf(all) },
    loop: loop ? classesOf(loop) : "",
    ...{ loopValu: loop?.valu ?? 0, inFlight: (loop && sum(loop.loads) > 0 ? loop : all).inFlight },
  };
}

const sum = (loads) => Object.values(loads).reduce((a, b) => a + b, 0);
const loadsOf = ({ loads }) =>
  Object.entries(loads)
    .map(([bits, n]) => `${n}×${bits}`)
    .join(" ");

/** The loop's operations by class, those that it has. */
function classesOf({ loads, ...counts }) {
  const names = { ...counts, valu: 0, stores: 0, inFlight: 0 };
  const classes = Object.entries(names).flatMap(([name, n]) => (n ? [`${n} ${name}`] : []));
  return [...classes, ...(sum(loads) ? [`loads ${loadsOf({ loads })}`] : [])].join(", ");
}
