import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { stubBrowserGpu } from "../testing/gpu/browser-gpu";
import { openNodeFile } from "../testing/models/node-file";
import { readHeader } from "./models/describe";
import { start, engineReport } from "./calls/device";
import { generate } from "./calls/chat";
import { inspectState } from "./calls/inspect";
import { Engine } from "./engine";
import type { TextRequest } from "./chat/prompt-documents";
import type { GenerateEvent } from "./rpc/protocol/chat";

const demo = new URL("../../public/models/demo/demo.gguf", import.meta.url).pathname;
const source = await openNodeFile(demo);
const header = await readHeader(source, "demo.gguf");

const request: TextRequest = {
  messages: [{ role: "user", content: "Hello" }],
  thinking: false,
  sampling: { ...header.description.sampling.answering, temperature: 0, seed: 1 },
  maxNewTokens: 200,
};

let device: GPUDevice;
/** Tells the engine that its device is lost, as the browser does when the driver went away. */
let lose: () => void;

beforeEach(() => {
  stubBrowserGpu((asked) => {
    device = asked;
    const lost = new Promise((resolve) => {
      lose = () => resolve({ reason: "unknown", message: "a test" });
    });
    Object.defineProperty(device, "lost", { value: lost });
  });
});
afterEach(() => void vi.unstubAllGlobals());

const ignore = () => undefined;

function load(engine: Engine, id: string, signal = new AbortController().signal) {
  const options = { contextLength: 512, quantize: null };
  return engine.load({ id, header, options, progress: ignore, signal });
}

it("answers, one call after another", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  await load(engine, "a");
  const never = new AbortController().signal;
  const [first, second] = await Promise.all([
    generate(engine, request, ignore, never),
    generate(engine, request, ignore, never),
  ]);
  expect(first.generatedTokens).toBeGreaterThan(0);
  expect(second.generatedTokens).toBe(first.generatedTokens);
  expect(second.reusedTokens).toBeGreaterThan(0);
});

it("reads prompts with numbers rounded to 8 bits for who asks for it, and finds the same fact", async () => {
  const engine = new Engine(ignore);
  const { hasInt8Dot, hasF16 } = await start(engine);
  expect(hasInt8Dot).toBe(true);
  const never = new AbortController().signal;
  const content =
    "The code of the green crate is 48213. The red lantern costs 17 coins. What is the code of the green crate?";
  const answered = async (int8: boolean) => {
    const options = { contextLength: 512, int8 };
    const { plan } = await engine.load({ id: "a", header, options, progress: ignore, signal: never });
    let text = "";
    const write = (event: GenerateEvent) => event.kind === "writing" && (text += event.answer);
    const asked = { ...request, messages: [{ role: "user", content }] } as const;
    await generate(engine, asked, write, never);
    const { compiles } = await engineReport(engine);
    const products = compiles.map(({ label }) => label).filter((label) => label.startsWith("matmul"));
    return { precision: plan.precision, text, isInt8: products.every((label) => label.includes(" int8 ")) };
  };
  const text = expect.stringContaining("48213") as string;
  expect(await answered(true)).toEqual({ precision: "int8", text, isInt8: true });
  expect(await answered(false)).toEqual({ precision: hasF16 ? "f16" : "f32", text, isInt8: false });
});

it("any answer can be looked into, by the ids that were drawn or its text encoded again, and the chat goes on as if it had not been", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  await load(engine, "a");
  const never = new AbortController().signal;
  const sampling = { ...request.sampling, repetitionPenalty: 1, presencePenalty: 0 };
  const answered = async (messages: TextRequest["messages"], answerId: string) => {
    let text = "";
    const write = (event: GenerateEvent) => event.kind === "writing" && (text += event.answer);
    const result = await generate(
      engine,
      { ...request, sampling, messages, answerId, maxNewTokens: 8 },
      write,
      never,
    );
    return { messages, answerId, text, result };
  };
  const inspect = ({ messages, answerId, text }: Awaited<ReturnType<typeof answered>>, endToken?: number) => {
    const answer = { reasoning: "", text };
    const asked = { answerId, messages, thinking: false, answer, sampling, endToken: endToken ?? null };
    return inspectState(engine, asked, ignore, never);
  };
  const question = { role: "user", content: "Count from 1 to 5." } as const;
  const first = await answered([question], "first");
  const next = { role: "user", content: "Hello" } as const;
  const second = await answered([question, { role: "assistant", content: first.text }, next], "second");

  for (const [asked, isAsDrawn] of [
    [second, true],
    [first, false],
  ] as const) {
    const report = await inspect(asked);
    const { promptLength, ids, texts, candidates, firstTraced, totalTokens } = report;
    expect(report.isAsDrawn).toBe(isAsDrawn);
    expect(promptLength).toBe(asked.result.promptTokens);
    expect(texts.slice(promptLength).join("")).toBe(asked.text);
    expect(ids.length).toBe(totalTokens);
    ids.slice(promptLength).forEach((id, i) => {
      const list = candidates[promptLength + i - firstTraced]!;
      const drawn = list.find((candidate) => candidate.id === id)!;
      expect(drawn.probabilities.at(-1), `token ${i}`).toBe(1); // greedy
    });
  }
  const whole = second.result.promptTokens + second.result.generatedTokens;
  const part = await inspect(second, whole - 2);
  expect([part.nTokens, part.totalTokens]).toEqual([whole - 2, whole]);
  const again = await answered(second.messages, "third");
  expect(again.text).toBe(second.text);
  expect(again.result.reusedTokens).toBeGreaterThanOrEqual(second.result.reusedTokens);
});

it("an answer that was gone on with, or could not be, is not told of as it was drawn", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  await load(engine, "a");
  const never = new AbortController().signal;
  const { messages, thinking, sampling } = request;
  let text = "";
  const write = (event: GenerateEvent) => event.kind === "writing" && (text += event.answer);
  const asked = { ...request, answerId: "one", maxNewTokens: 4 };
  const goOn = (from: string) =>
    generate(engine, { ...asked, begun: { reasoning: "", text: from } }, write, never);
  const inspect = () => {
    const answer = { reasoning: "", text };
    const how = { answerId: "one", messages, thinking, answer, sampling, endToken: null };
    return inspectState(engine, how, ignore, never);
  };
  await generate(engine, asked, write, never);
  expect((await inspect()).isAsDrawn).toBe(true);
  await expect(goOn("more than there is room for ".repeat(200))).rejects.toMatchObject({
    code: "context-full",
  });
  expect((await inspect()).isAsDrawn).toBe(false);
  await generate(engine, asked, ignore, never);
  await goOn(text);
  const { isAsDrawn, texts, promptLength } = await inspect();
  expect([isAsDrawn, texts.slice(promptLength).join("")]).toEqual([false, text]);
});

it("reading that was stopped is taken up where it was, and a cut answer goes on", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  await load(engine, "a");
  const never = new AbortController().signal;
  const content = "The red lantern costs 17 coins. ".repeat(30);
  const long = { ...request, messages: [{ role: "user", content }], maxNewTokens: 4 } as const;
  const controller = new AbortController();
  const stopped = await generate(
    engine,
    long,
    (event) => event.kind === "reading" && event.readTokens > 0 && controller.abort(),
    controller.signal,
  );
  expect(stopped.finish).toBe("stopped");
  const whole = await generate(engine, long, ignore, never);
  expect(whole.reusedTokens).toBeGreaterThan(0);
  expect(whole.reusedTokens).toBeLessThan(whole.promptTokens);

  let text = "";
  const write = (event: GenerateEvent) => event.kind === "writing" && (text += event.answer);
  await generate(engine, { ...long, maxNewTokens: 2 }, write, never);
  await generate(engine, { ...long, maxNewTokens: 2, begun: { reasoning: "", text } }, write, never);
  let atOnce = "";
  await generate(engine, long, (event) => event.kind === "writing" && (atOnce += event.answer), never);
  expect(text).toBe(atOnce);
});

it("a load that was cancelled while it waited for its turn leaves the loaded model alone", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  await load(engine, "a");
  const controller = new AbortController();
  const [answer, other] = [
    generate(engine, request, ignore, controller.signal),
    load(engine, "b", controller.signal),
  ];
  controller.abort();
  await expect(other).rejects.toMatchObject({ code: "cancelled" });
  expect((await answer).finish).toBe("stopped");
  expect(engine.isLoaded("a")).toBe(true);
});

it("says that the device is lost, though what was under way failed first, and loads again after", async () => {
  const heard: string[] = [];
  const engine = new Engine(({ code }) => heard.push(code));
  await start(engine);
  await load(engine, "a");
  let written = 0;
  const answer = generate(
    engine,
    request,
    (event) => {
      if (event.kind !== "writing" || ++written !== 2) return;
      device.destroy();
      setTimeout(lose, 50);
    },
    new AbortController().signal,
  );
  await expect(answer).rejects.toMatchObject({ code: "device-lost" });
  expect(heard).toEqual(["device-lost"]);
  expect(engine.isLoaded("a")).toBe(false);
  await load(engine, "a");
  expect(
    (await generate(engine, request, ignore, new AbortController().signal)).generatedTokens,
  ).toBeGreaterThan(0);
});

/** Has the engine's device leave the residual add of decode out, while `isBroken` says so. */
async function breakKernels(engine: Engine, isBroken: () => boolean): Promise<void> {
  const { compiler } = await engine.gpu.device();
  const compile = compiler.compile.bind(compiler);
  const broken = (text: string) => text.replace("value = hidden[at] + row_sum", "value = row_sum");
  vi.spyOn(compiler, "compile").mockImplementation((spec) => {
    const files = spec.files.map((file) =>
      typeof file === "string" ? broken(file) : ([broken(file[0]), file[1]] as const),
    );
    return compile(isBroken() ? { ...spec, files } : spec);
  });
}

it("runs no model on a device whose kernels are wrong, and says so", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  await breakKernels(engine, () => true);
  const { liveBytes } = (await engine.gpu.device()).memory;
  await expect(load(engine, "a")).rejects.toMatchObject({
    code: "wrong-numbers",
    message: expect.stringContaining("first after: layer 0") as string,
  });
  expect(engine.running).toBeNull();
  expect((await engine.gpu.device()).memory.liveBytes).toBe(liveBytes);
});

it("takes the plain kernels where those that were chosen are wrong, and names where", async () => {
  const engine = new Engine(ignore);
  await start(engine);
  const { memory } = await engine.gpu.device();
  const create = vi.spyOn(memory, "create");
  const isChecked = () => create.mock.calls.some(([{ name }]) => name === "readback");
  await breakKernels(engine, () => !isChecked());
  const { check } = await load(engine, "a");
  expect(check.replaced).toBe("layer 0");
  expect(check.difference).toBeLessThan(0.01); // products of prompts in f16
  const answer = await generate(engine, request, ignore, new AbortController().signal);
  expect(answer.generatedTokens).toBeGreaterThan(0);
});
