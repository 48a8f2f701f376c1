import { afterAll, expect, it } from "vitest";
import { openNodeFile } from "../../testing/models/node-file";
import { readHeader } from "./describe";
import { chooseMemoryBudget } from "./memory-budget";
import { planFitting, planLoad } from "./plan-load";

const demo = new URL("../../../public/models/demo/demo.gguf", import.meta.url).pathname;
const opened = await readHeader(await openNodeFile(demo), "demo.gguf");
/** The demo's weights, as if they had been made for long contexts. */
const header = { ...opened, config: { ...opened.config, contextLength: 262_144 } };
const gpu = { maxBindingBytes: 2 ** 30, hasF16: true, hasInt8Dot: true };

const bytesAt = (contextLength: number) =>
  planLoad(gpu, header, { contextLength, kv: "f16" }).plan.totalBytes;
const planned = (contextLength: number | null) => planFitting(gpu, header, { contextLength, kv: "f16" });

afterAll(() => chooseMemoryBudget(null));

it.each([
  // The usual context; a byte less halves it; less than the shortest needs does not go below that.
  [() => bytesAt(16_384), 16_384],
  [() => bytesAt(16_384) - 1, 8192],
  [() => bytesAt(4096), 4096],
  [() => 1, 2048],
])("a context that nobody chose is halved until it fits the budget (%#: %s)", (budget, contextLength) => {
  chooseMemoryBudget(2 ** 40); // checkpoints take a share of it: the same for all
  const bytes = budget();
  chooseMemoryBudget(bytes);
  expect(planned(null).contextLength).toBe(contextLength);
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
