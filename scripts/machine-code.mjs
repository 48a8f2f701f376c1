// npm run machine-code: what compilers for real GPUs make of the kernels, without a GPU.
// docs/machine-code.md says how to read it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runMain, ScriptError } from "./lib/fail.mjs";
import { root } from "./lib/root.mjs";
import { boundedKernels, broken } from "./machine-code/bounds.mjs";
import { compileFor } from "./machine-code/compile.mjs";
import { compare, fromFile, toFile, toMarkdown } from "./machine-code/table.mjs";
import { targets, usualTargets } from "./machine-code/targets.mjs";
import { readyToolchain } from "./machine-code/toolchain.mjs";

const usage = `npm run machine-code -- [--target NAME,…|all] [--only REGEX] [--json FILE] [--text FILE]
    [--toggles NAME,…] [--compare | --write | --check]

Prints a table for each target: ${usualTargets.join(", ")} unless said otherwise.
Targets: ${Object.keys(targets).join(", ")}.
--compare prints what changed against scripts/machine-code/tables; --write writes the rows compiled there.
--check compiles ten kernels and ends with 1 where a bound of scripts/machine-code/bounds.mjs is broken.
--text writes the machine code itself, where the driver gives it (AMD and Intel). --toggles are Dawn's.`;

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      target: { type: "string", default: usualTargets.join() },
      only: { type: "string", default: "" },
      json: { type: "string" },
      text: { type: "string" },
      toggles: { type: "string", default: "" },
      compare: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const names = values.target === "all" ? Object.keys(targets) : values.target.split(",");
  const unknown = names.find((name) => !(name in targets));
  if (unknown !== undefined) throw new ScriptError(`No target is called "${unknown}".`, usage);
  const only = values.only || (values.check ? boundedKernels : "");
  const toolchain = await readyToolchain();
  const all = {};
  for (const name of names) {
    const options = { only, toggles: values.toggles, withText: values.text !== undefined };
    const result = await compileFor(toolchain, name, options);
    all[name] = result.rows;
    if (values.text)
      writeFileSync(
        values.text,
        [...result.texts].map(([kernel, text]) => `## ${kernel}\n${text}`).join("\n"),
      );
    if (values.write) write(name, result.rows, only);
    if (!values.write || values.check) report(name, result, values);
  }
  if (values.json) writeFileSync(values.json, JSON.stringify(all, null, 1));
});

function report(name, { device, rows, refused }, { compare: asComparison, check }) {
  const spilling = rows.filter(({ spills }) => spills > 0).length;
  console.log(`\n### ${name}\n\n${device.device.description}: ${rows.length} kernels, ${spilling} spill.\n`);
  for (const { name: kernel, error } of refused) console.log(`${kernel} was refused: ${error}\n`);
  if (check) {
    const failures = broken(name, rows);
    console.log(failures.length === 0 ? "Every bound holds." : failures.join("\n"));
    if (failures.length > 0) process.exitCode = 1;
  } else if (asComparison) console.log(compare(committed(name), rows));
  else console.log(toMarkdown(rows, { loops: true }));
}

function tableOf(name) {
  return join(root, `scripts/machine-code/tables/${name}.tsv`);
}

function committed(name) {
  return existsSync(tableOf(name)) ? fromFile(readFileSync(tableOf(name), "utf8")) : [];
}

/** Rows that were not compiled this time stay as they were. */
function write(name, rows, only) {
  const fresh = new Map(rows.map((row) => [row.name, row]));
  const kept = only === "" ? [] : committed(name).filter((row) => !fresh.has(row.name));
  mkdirSync(join(root, "scripts/machine-code/tables"), { recursive: true });
  writeFileSync(tableOf(name), toFile([...rows, ...kept].sort((a, b) => (a.name < b.name ? -1 : 1))));
  console.log(`${name}: ${rows.length} rows written.`);
}
