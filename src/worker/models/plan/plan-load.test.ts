import { afterAll, expect, it } from "vitest";
import { openNodeFile } from "../../../testing/models/node-file";
import { readHeader } from "../describe";
import { chooseMemoryBudget } from "./memory-budget";
import { planFitting, planLoad } from "./plan-load";

const demo = new URL("../../../../public/models/demo/demo.gguf", import.meta.url).pathname;
const opened = await readHeader(await openNodeFile(demo), "demo.gguf");
/** The demo's weights, as if they had been made for long contexts. */
const header = { ...opened, config: { ...opened.config, contextLength: 262_144 } };
const gpu = { maxBindingBytes: 2 ** 30, hasF16: true, hasInt8Dot: true };

const bytesAt = (contextLength: number) =>
  planLoad(gpu, header, { contextLength, kv: "f16" }).plan.totalBytes;
const planned = (contextLength: number | null) => planFitting(gpu, header, { contextLength, kv: "f16" });

afterAll(() => chooseMemoryBudget(null));

const usual = [16_384, 8192, 4096, 2048];

it("a context that nobody chose is halved until it fits the budget, and no further than 2,048 tokens", () => {
  const lengths = new Set<number>();
  for (let budget = 1; budget < 2 ** 32; budget *= 1.1) {
    chooseMemoryBudget(budget);
    const { contextLength } = planned(null);
    expect(contextLength).toBe(usual.find((length) => bytesAt(length) <= budget) ?? 2048);
    lengths.add(contextLength);
  }
  expect([...lengths]).toEqual(usual.toReversed());
});

it("a chosen context stays, whether it fits or not", () => {
  chooseMemoryBudget(1);
  expect(planned(32_768)).toMatchObject({ contextLength: 32_768, budgetBytes: 1 });
});

it("a context is no longer than the model's own", () => {
  chooseMemoryBudget(2 ** 40);
  expect(planFitting(gpu, opened, { contextLength: null }).contextLength).toBe(
    Math.min(16_384, opened.config.contextLength),
  );
});
