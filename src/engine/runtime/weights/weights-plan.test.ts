import { expect, it } from "vitest";
import {
  makeModel,
  modelPieces,
  tensorBytes,
  type MakeModelOptions,
} from "../../../testing/models/make-model";
import type { QuantName } from "../../../testing/models/make-model-types";
import { memorySource } from "../../../testing/models/memory-source";
import { readModelConfig } from "../../weights/config/config";
import type { ByteSource } from "../../weights/bytes/byte-source";
import { readGguf } from "../../weights/gguf/gguf";
import { planWeights, transcodedIn, type ChooseFormat } from "./weights-plan";

async function planOf(quant: QuantName, chooseFormat?: ChooseFormat) {
  const gguf = await readGguf(
    memorySource(makeModel({ config: "nano", quant, seed: 1, hasTokenizer: false })),
  );
  return planWeights(readModelConfig(gguf), gguf, 2 ** 27, chooseFormat);
}

it("nothing of a file in Q4_K, Q6_K and Q8_0 is transcoded", async () => {
  expect(transcodedIn(await planOf("MIX"))).toEqual([]);
});

// 136 bytes become 160, and 16 for the table. A matrix of nano has 128 columns, no whole block; it is Q8_0.
it("IQ4_XS is transcoded without loss, and the plan says which tensors and what they take", async () => {
  const plan = await planOf("IQ4_XS");
  const [transcoded, ...others] = transcodedIn(plan);
  expect(others).toEqual([]);
  expect(transcoded).toMatchObject({ type: "IQ4_XS", format: "Q4_TABLE", isLossless: true });
  const { nTensors, names, fileBytes, gpuBytes } = transcoded!;
  expect(nTensors).toBe(plan.matrices.length - 1);
  expect(names).toEqual(expect.arrayContaining(["token_embd", "attn_qkv", "ffn_down"]));
  expect(new Set(names).size).toBe(names.length);
  expect(gpuBytes).toBe((fileBytes * 160) / 136 + 16 * nTensors);
});

it("the format can be chosen by a tensor's type and role", async () => {
  const chosen: string[] = [];
  await planOf("Q4_0", (type, { role }) => {
    chosen.push(`${type} ${role}`);
    return "Q4_0";
  });
  expect(chosen).toContain("Q4_0 embedTokens");
  expect(chosen).toContain("Q4_0 downProj");
});

it.each(["F16", "Q8_0"] as const)("%s lies on the GPU as in the file", async (quant) => {
  const plan = await planOf(quant);
  for (const { pieces, tensor, format } of plan.matrices) {
    expect(format).toBe(tensor.type);
    expect(pieces[0]!.sizeBytes - tensor.sizeBytes).toBeLessThan(16);
  }
});

/** The header of a model and the size of its file, without the tensors' bytes. */
async function headerOf(options: MakeModelOptions) {
  const [header] = modelPieces(options);
  const sizeBytes = header!.length + tensorBytes(options);
  const source: ByteSource = {
    sizeBytes,
    read: (offset, length) =>
      Promise.resolve(header!.slice(offset, Math.min(header!.length, offset + length))),
  };
  return { gguf: await readGguf(source), tensorBytes: tensorBytes(options) };
}

// PrismML's 27B and its smaller kin: 1.75 bits a weight, alpha and beta in BF16, norms in F32.
it.each([
  ["qwen35-27b", 5.93e9, 5.95e9],
  ["qwen35-2b", 0.41e9, 0.42e9],
] as const)(
  "a folded PTQ1_0 of %s takes on the GPU what it takes in the file",
  async (config, least, most) => {
    const header = await headerOf({ config, quant: "PTQ1_0", seed: 1, isFolded: true, hasTokenizer: false });
    expect(header.tensorBytes).toBeGreaterThan(least);
    expect(header.tensorBytes).toBeLessThan(most);
    const model = readModelConfig(header.gguf);
    const plan = planWeights(model, header.gguf, 2 ** 31);
    expect(plan.sizeBytes / header.tensorBytes).toBeGreaterThan(0.999);
    expect(plan.sizeBytes / header.tensorBytes).toBeLessThan(1.001);
    // What a token reads: of the embedding one row, where the head is another matrix.
    const isRead = plan.matrices.filter(
      ({ expected: { role } }) => role !== "embedTokens" || model.hasTiedHead,
    );
    const [read, inFile] = [
      isRead.flatMap(({ pieces }) => pieces).reduce((sum, piece) => sum + piece.sizeBytes, 0),
      isRead.reduce((sum, { tensor }) => sum + tensor.sizeBytes, 0),
    ];
    expect(read / inFile).toBeLessThan(1.001);
  },
);
