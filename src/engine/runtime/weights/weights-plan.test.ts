import { expect, it } from "vitest";
import { makeModel } from "../../../testing/models/make-model";
import type { QuantName } from "../../../testing/models/make-model-types";
import { memorySource } from "../../../testing/models/memory-source";
import { readModelConfig } from "../../weights/config/config";
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
