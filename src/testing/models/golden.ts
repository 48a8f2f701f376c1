import { readFileSync } from "node:fs";
import type { Gpu } from "../../engine/gpu/device";
import type { KvType } from "../../ground/kv-type";
import { meanKl } from "../../reference/divergence";
import { baselineMapping, type DecodeMapping } from "../../engine/runtime/compile/decode-mapping";
import type { MatmulChoice, Precision } from "../../engine/runtime/compile/prefill-products";
import { logitsOf, type LogitsOptions } from "../../engine/runtime/logits";
import { openModel } from "../../engine/runtime/open-model";
import type { DeltaRuleForm } from "../../engine/kernels/delta-net/delta-rule-forms";
import { gpu } from "../gpu/gpu";
import { openNodeFile } from "./node-file";

const goldens = new URL("../../../goldens/", import.meta.url);
export const goldenPath = (name: string) => new URL(name, goldens).pathname;
export const idsOf = (tokens: string) =>
  JSON.parse(readFileSync(goldenPath(`${tokens}.json`), "utf8")) as number[];

/** The f64 logits of a golden file. */
export function expectedLogits(name: string): Float32Array {
  const bytes = readFileSync(goldenPath(name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

export interface GoldenRun extends Partial<LogitsOptions> {
  readonly model: string;
  readonly tokens: string;
  readonly precision?: Precision;
  /** Token by token unless said otherwise, as software adapters have it. */
  readonly deltaRule?: DeltaRuleForm;
  /** The mapping of a GPU where the tuner has not been, unless another is given. */
  readonly decodeMapping?: DecodeMapping;
  readonly matmul?: MatmulChoice;
  readonly kvType?: KvType;
  readonly device?: Gpu;
}

/** Logits of every token on the GPU; and the vocabulary's size. */
export async function goldenLogits({
  model,
  tokens,
  precision = "f32",
  deltaRule = "sequential",
  decodeMapping = baselineMapping,
  matmul,
  kvType = "f16",
  device = gpu,
  ...options
}: GoldenRun) {
  const ids = idsOf(tokens);
  const file = await openNodeFile(goldenPath(`${model}.gguf`));
  const contextLength = ids.length;
  const open = await openModel(device, file, {
    contextLength,
    precision,
    deltaRule,
    decodeMapping,
    matmul,
    kvType,
    allLogits: true,
  });
  const rows: Float32Array[] = [];
  const run = { mode: "prefill", chunk: 100, start: 0, ...options } as const;
  for await (const chunk of logitsOf(device, open.model, ids, run)) rows.push(chunk);
  open.dispose();
  await file.close();
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  rows.reduce((at, row) => (all.set(row, at), at + row.length), 0);
  return { all, vocabSize: open.config.vocabSize };
}

/** Mean KL to the golden logits, which may be of the last rows only. */
export async function goldenKl(run: GoldenRun, golden: string): Promise<number> {
  const { all, vocabSize } = await goldenLogits(run);
  const expected = expectedLogits(golden);
  return meanKl(expected, all.subarray(all.length - expected.length), vocabSize);
}
