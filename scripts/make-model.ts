import { counted, formatBytes } from "../src/ground/figures";
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeModel, modelPieces, tensorBytes, type MakeModelOptions } from "../src/testing/models/make-model";
import { configNames, configOf } from "../src/testing/models/make-model-configs";
import { makeSafetensors } from "../src/testing/models/make-safetensors";
import { quantNames } from "../src/testing/models/make-model-types";

/** Printed for --help, by run.mjs. */
export const usage = `make-model: writes a GGUF with random weights in the Qwen3.5 architecture; the same arguments give the same bytes.

  npm run -s make-model -- --config NAME --quant TYPE --seed N --out FILE.gguf

  --config NAME     ${configNames.join(", ")}
  --quant TYPE      ${quantNames.join(", ")}; MIX as a published Q4_K_M
  --seed N          a whole number (1)
  --layers N        only its first N layers; the fourth is the first with attention
  --outliers F      a few channels F times larger, 1e3 to 1e5
  --yarn F --yarn-from N   YaRN by factor F from a context of N
  --hadamard        stored folded, as Ternary Bonsai 2: --quant PTQ1_0 or PQ2_0
  --mtp             with a multi-token-prediction block
  --format FORMAT   gguf, or safetensors: --out is a folder then, --quant is F32, F16 or BF16 (gguf)
  --files N         safetensors files to spread it over (1)
  --list            the shapes and their sizes as MIX`;

/** Entry point of `npm run make-model`. */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      config: { type: "string" },
      quant: { type: "string", default: "MIX" },
      seed: { type: "string", default: "1" },
      layers: { type: "string" },
      out: { type: "string" },
      outliers: { type: "string" },
      yarn: { type: "string" },
      "yarn-from": { type: "string", default: "262144" },
      hadamard: { type: "boolean", default: false },
      mtp: { type: "boolean", default: false },
      format: { type: "string", default: "gguf" },
      files: { type: "string", default: "1" },
      list: { type: "boolean", default: false },
    },
  });
  if (values.list) return listConfigs();
  if (values.config === undefined || values.out === undefined)
    throw new Error(`--config and --out are needed.\n\n${usage}`);
  const options: MakeModelOptions = {
    config: oneOf("--config", values.config, configNames),
    quant: oneOf("--quant", values.quant, quantNames),
    seed: numberOf("--seed", values.seed, 0),
    hasMtp: values.mtp,
    isFolded: values.hadamard,
    ...(values.layers !== undefined && { nLayers: numberOf("--layers", values.layers, 1) }),
    ...(values.outliers !== undefined && { outliers: numberOf("--outliers", values.outliers, 1) }),
    ...(values.yarn !== undefined && {
      yarn: {
        factor: numberOf("--yarn", values.yarn, 1),
        originalContextLength: numberOf("--yarn-from", values["yarn-from"], 1),
      },
    }),
  };
  const isFolder = oneOf("--format", values.format, ["gguf", "safetensors"] as const) === "safetensors";
  const nBytes = isFolder
    ? await writeFolder(options, values.out, numberOf("--files", values.files, 1))
    : writeModel(options, values.out);
  console.log(
    `${values.out}: ${formatBytes(nBytes)}, ${options.config}${options.nLayers ? ` cut to ${counted(options.nLayers, "layer")}` : ""} in ${options.quant}, seed ${options.seed}`,
  );
}

/** Writes piece by piece, so that a model of any size takes little memory. Returns the file's bytes. */
export function writeModel(options: MakeModelOptions, path: string): number {
  const file = openSync(path, "w");
  try {
    let nBytes = 0;
    for (const piece of modelPieces(options))
      for (let at = 0; at < piece.length;) {
        const written = writeSync(file, piece, at);
        at += written;
        nBytes += written;
      }
    return nBytes;
  } finally {
    closeSync(file);
  }
}

/**
 * At most this much in F32: a folder is made in memory, and takes twice this while it is. The 0.8B has 3 GB.
 */
const maxFolderBytes = 2 ** 32;

/** Returns the bytes of all files. */
async function writeFolder(options: MakeModelOptions, folder: string, nFiles: number): Promise<number> {
  const type = oneOf("--quant", options.quant, ["F32", "F16", "BF16"] as const);
  const inF32 = { ...options, quant: "F32", hasMtp: false } as const;
  if (tensorBytes(inF32) > maxFolderBytes)
    throw new Error(
      `${options.config} takes ${formatBytes(tensorBytes(inF32))} in F32; up to ${formatBytes(maxFolderBytes)} are written as safetensors.`,
    );
  mkdirSync(folder, { recursive: true });
  const files = await makeSafetensors(makeModel(inF32), { type, nFiles });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}

function listConfigs(): void {
  for (const config of configNames) {
    const { nLayers, hiddenSize, vocabSize } = configOf(config);
    const size = formatBytes(tensorBytes({ config, quant: "MIX", seed: 1 }));
    console.log(
      `${config.padEnd(14)} ${counted(nLayers, "layer")} of ${hiddenSize}, vocabulary ${vocabSize}: ${size}`,
    );
  }
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new Error(`${option} is "${value}"; it must be one of ${known.join(", ")}.`);
  return found;
}

function numberOf(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && Number.isFinite(value)))
    throw new Error(`${option} is "${text}"; it must be a number from ${least}.`);
  return value;
}
