import { describe, expect, it } from "vitest";
import { meanKl } from "../../reference/divergence";
import { expectedLogits, goldenKl, goldenLogits, goldenPath, idsOf } from "../../testing/models/golden";
import { gpu } from "../../testing/gpu/gpu";
import { MutatingCompiler } from "../../testing/gpu/mutating-compiler";
import { openNodeFile } from "../../testing/models/node-file";
import { logitsOf } from "./logits";
import { openModel } from "./open-model";

describe("a wrong term is caught", () => {
  it.each([
    ["no rotation", "if (i >= 2u * half)", "if (true)"],
    [
      "the last key lost",
      "max(step.kv_length + rows / GROUP + 1u, first)",
      "max(max(vec4<u32>(1u), step.kv_length + rows / GROUP), first)",
    ],
    [
      "grouped instead of tiled heads",
      "head % params.n_key_heads",
      "head / (params.n_value_heads / params.n_key_heads)",
    ],
    ["no eps in the norms", "1.0 / sqrt(mean_square + params.eps)", "1.0 / sqrt(mean_square)"],
    ["no decay", "exp(gates[head] * softplus(projected", "exp(0.0 * softplus(projected"],
    ["the gate left out", "* sigmoid(projected[gate_at + i])", ""],
  ])("%s", async (_, from, to) => {
    const compiler = new MutatingCompiler(from, to);
    const run = { model: "nano-F32", tokens: "tokens-96", device: { ...gpu, compiler } };
    expect(await goldenKl(run, "nano-F32.tokens-96.logits.f32")).toBeGreaterThan(1e-8);
    expect(compiler.nReplaced).toBeGreaterThan(0);
  });

  // Terms of decode's own kernels, against decode without the mistake.
  it.each([
    ["no rotation", "if (i >= 2u * half)", "if (true)"],
    ["the last key lost", "step.kv_length + 1u,", "max(1u, step.kv_length),"],
    ["no decay", "let alpha = exp(gates[head] *", "let alpha = exp(0.0 *"],
    [
      "grouped instead of tiled heads",
      "head % params.n_key_heads",
      "head / (params.n_value_heads / params.n_key_heads)",
    ],
    ["the ring a slot late", "ring[((now + 3u) & 3u)", "ring[((now + 2u) & 3u)"],
    ["no scale from the sums of squares", "* norm_scale()", ""],
    ["a residual add left out", "value = hidden[at] + row_sum", "value = row_sum"],
    ["the gate left out", "* sigmoid(projected[gate_at + i])", ""],
  ])("in decode: %s", async (_, from, to) => {
    const compiler = new MutatingCompiler(from, to);
    const run = {
      model: "nano-F32",
      tokens: "tokens-24",
      mode: "decode",
      device: { ...gpu, compiler },
    } as const;
    const { all, vocabSize } = await goldenLogits({ model: "nano-F32", tokens: "tokens-24", mode: "decode" });
    expect(meanKl(all, (await goldenLogits(run)).all, vocabSize)).toBeGreaterThan(1e-8);
    expect(compiler.nReplaced).toBeGreaterThan(0);
  });

  it.each([
    ["no decay of the state", "own *= blocks[record_of(block, block.n - 1u) + 2u * BLOCK_VECS].x;", ""],
    ["tokens of a block that do not correct each other", "t -= solved[", "t -= 0.0 * solved["],
  ])("in the delta rule by blocks: %s", async (_, from, to) => {
    const compiler = new MutatingCompiler(from, to);
    const device = { ...gpu, compiler };
    const run = { model: "nano-F32", tokens: "tokens-96", deltaRule: "blocks", device } as const;
    expect(await goldenKl(run, "nano-F32.tokens-96.logits.f32")).toBeGreaterThan(1e-8);
    expect(compiler.nReplaced).toBeGreaterThan(0);
  });

  it("a wrong theta", async () => {
    const file = await openNodeFile(goldenPath("nano-F32.gguf"));
    const open = await openModel(gpu, file, { contextLength: 96, precision: "f32", allLogits: true });
    const { rotaryTable } = await import("./shape/rotary");
    const table = rotaryTable({ ...open.config.attention, ropeTheta: 1e6 });
    gpu.device.queue.writeBuffer(open.model.activations.rotary.buffer, 0, table);
    const rows: number[] = [];
    const run = { mode: "prefill", chunk: 96, start: 0 } as const;
    for await (const chunk of logitsOf(gpu, open.model, idsOf("tokens-96"), run)) rows.push(...chunk);
    open.dispose();
    await file.close();
    expect(meanKl(expectedLogits("nano-F32.tokens-96.logits.f32"), rows, 320)).toBeGreaterThan(1e-8);
  });

  it("a state that is not reset", async () => {
    const file = await openNodeFile(goldenPath("nano-F32.gguf"));
    const open = await openModel(gpu, file, { contextLength: 24, precision: "f32", allLogits: true });
    const once = async () => {
      const run = { mode: "prefill", chunk: 24, start: 0 } as const;
      for await (const rows of logitsOf(gpu, open.model, idsOf("tokens-24"), run)) return rows;
      throw new Error("no logits");
    };
    const first = await once();
    expect(await once()).toEqual(first);
    const prototype = Object.getPrototypeOf(gpu.device.createCommandEncoder()) as GPUCommandEncoder;
    const original = Object.getOwnPropertyDescriptor(prototype, "clearBuffer")!;
    prototype.clearBuffer = () => undefined;
    const dirty = await once();
    Object.defineProperty(prototype, "clearBuffer", original);
    open.dispose();
    await file.close();
    expect(meanKl(first, dirty, 320)).toBeGreaterThan(1e-8);
  });
});
