import { describe, expect, it, vi } from "vitest";
import { greedySampling, type SamplingValues } from "../kernels/sample";
import { gpu } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { memorySource } from "../../testing/models/memory-source";
import { openNodeFile } from "../../testing/models/node-file";
import { readBack } from "../gpu/readback";
import { readGguf } from "../weights/gguf/gguf";
import { openModel } from "./open-model";
import { MOST_REPEATS, Session, STEPS_IN_FLIGHT, type AnswerOptions, type AnswerSummary } from "./session";

const greedy: SamplingValues = { ...greedySampling, maxNewTokens: 12 };

async function openSession(contextLength = 200, stepsInFlight = STEPS_IN_FLIGHT) {
  const file = await openNodeFile(new URL("../../../goldens/nano-MIX.gguf", import.meta.url).pathname);
  const open = await openModel(gpu, file, { contextLength, precision: "f32" });
  const session = new Session(gpu, open.model, open.scope, { stepsInFlight });
  await session.warmUp();
  await file.close();
  return { session, model: open.model, dispose: () => open.dispose() };
}

type Asked = Partial<AnswerOptions> & { readonly ids: readonly number[] };

async function ask(session: Session, { sampling, onToken, ...options }: Asked) {
  const drawn: number[] = [];
  const summary = await session.answer({
    sharedPrefixLength: 0,
    sampling: { ...greedy, ...sampling },
    ...options,
    onToken: (id) => {
      drawn.push(id);
      onToken?.(id);
    },
  });
  return { drawn, ...summary };
}

/** The answer of a session that has seen nothing else. */
async function askFresh(options: Asked): Promise<{ drawn: number[] } & AnswerSummary> {
  const { session, dispose } = await openSession();
  const result = await ask(session, options);
  dispose();
  return result;
}

const prompt = Array.from({ length: 40 }, (_, i) => (i * 37 + 11) % 300);

describe("session", () => {
  it("the same question twice gets the same answer, whatever was asked between", async () => {
    const { session, dispose } = await openSession();
    const first = await ask(session, { ids: prompt });
    await ask(session, { ids: prompt.toReversed() });
    const again = await ask(session, { ids: prompt });
    dispose();
    expect(first.drawn).toHaveLength(12);
    expect(first.finish).toBe("length");
    expect(again.drawn).toEqual(first.drawn);
  });

  it("an answer read back as history continues the state, and only new tokens are read", async () => {
    const { session, dispose } = await openSession();
    const first = await ask(session, { ids: prompt });
    const next = [...prompt, ...first.drawn, 5, 6, 7];
    const reads: number[] = [];
    const second = await ask(session, { ids: next, onRead: (read) => reads.push(read) });
    dispose();
    expect(second.reusedTokens).toBe(prompt.length + 11); // the last token was drawn, not read
    expect(reads[0]).toBe(second.reusedTokens);
    expect(reads.at(-1)).toBe(next.length);
    expect(second.drawn).toEqual((await askFresh({ ids: next })).drawn);
  });

  it("keeps the next chunk of a long prompt in the queue while one runs, and tells of each in its turn", async () => {
    const { session, dispose } = await openSession();
    const { queue } = gpu.device;
    let running = 0;
    let most = 0;
    const wait = vi.spyOn(queue, "onSubmittedWorkDone").mockImplementation(async () => {
      most = Math.max(most, ++running);
      await done();
      running--;
      return undefined;
    });
    const done = GPUQueue.prototype.onSubmittedWorkDone.bind(queue);
    const ids = Array.from({ length: 150 }, (_, i) => (i * 37 + 11) % 300);
    const reads: number[] = [];
    const { drawn } = await ask(session, { ids, onRead: (read) => reads.push(read) });
    wait.mockRestore();
    dispose();
    expect(most).toBe(2);
    expect(running).toBe(0);
    expect(reads).toEqual(reads.toSorted((a, b) => a - b));
    expect(reads.at(-1)).toBe(150);
    expect(drawn).toEqual((await askFresh({ ids })).drawn);
  });

  it("goes back to the checkpoint when the next prompt parts from the answer", async () => {
    const { session, dispose } = await openSession();
    await ask(session, { ids: prompt, sharedPrefixLength: 30 });
    const next = [...prompt.slice(0, 30), 9, 8, 7, 6];
    const second = await ask(session, { ids: next });
    const other = await ask(session, { ids: [1, 2, 3] });
    dispose();
    expect(second.reusedTokens).toBe(30);
    expect(second.drawn).toEqual((await askFresh({ ids: next })).drawn);
    expect(other.reusedTokens).toBe(0);
  });

  it("a prompt that the next one shares whole can be answered again from its last token", async () => {
    const { session, dispose } = await openSession();
    const first = await ask(session, { ids: prompt, sharedPrefixLength: prompt.length });
    const again = await ask(session, { ids: prompt, sharedPrefixLength: prompt.length });
    dispose();
    expect(again.reusedTokens).toBe(prompt.length - 1);
    expect(again.drawn).toEqual(first.drawn);
  });

  it("forgets checkpoints whose keys were written over", async () => {
    const { session, dispose } = await openSession();
    await ask(session, { ids: prompt, sharedPrefixLength: 30 });
    await ask(session, { ids: prompt.toReversed() });
    const again = await ask(session, { ids: prompt });
    dispose();
    expect(again.reusedTokens).toBe(0);
  });

  it("a prompt shorter than the state is read anew, to its last token", async () => {
    const { session, dispose } = await openSession();
    await ask(session, { ids: prompt, sharedPrefixLength: 30 });
    const shorter = await ask(session, { ids: prompt.slice(0, 35) });
    const same = await ask(session, { ids: prompt.slice(0, 35) });
    dispose();
    expect(shorter.drawn).toEqual((await askFresh({ ids: prompt.slice(0, 35) })).drawn);
    expect(same.drawn).toEqual(shorter.drawn);
  });

  it("stopped while drawing, it shows nothing more and the next answer is as if it had not run ahead", async () => {
    const { session, dispose } = await openSession();
    const controller = new AbortController();
    const stopped = await ask(session, {
      ids: prompt,
      sharedPrefixLength: 30,
      sampling: { ...greedy, maxNewTokens: 100 },
      signal: controller.signal,
      onToken: () => controller.abort(),
    });
    const next = [...prompt, ...stopped.drawn, 4, 5];
    const second = await ask(session, { ids: next });
    dispose();
    expect(stopped.finish).toBe("stopped");
    expect(stopped.drawn).toHaveLength(1);
    expect(second.drawn).toEqual((await askFresh({ ids: next })).drawn);
  });

  it("stopped while reading, it has drawn nothing and can be asked again", async () => {
    const { session, dispose } = await openSession();
    const controller = new AbortController();
    controller.abort();
    const stopped = await ask(session, { ids: prompt, signal: controller.signal });
    const again = await ask(session, { ids: prompt });
    dispose();
    expect(stopped).toMatchObject({ finish: "stopped", generatedTokens: 0, drawn: [] });
    expect(again.drawn).toEqual((await askFresh({ ids: prompt })).drawn);
  });

  it("after an error while drawing it relies only on checkpoints", async () => {
    const { session, dispose } = await openSession();
    const failing = ask(session, {
      ids: prompt,
      sharedPrefixLength: 30,
      onToken: () => {
        throw new Error("the page went away");
      },
    });
    await expect(failing).rejects.toThrow("the page went away");
    const next = [...prompt, 4, 5];
    const second = await ask(session, { ids: next });
    dispose();
    expect(second.reusedTokens).toBe(30);
    expect(second.drawn).toEqual((await askFresh({ ids: next })).drawn);
  });

  it("ends at a stop token, which is not shown, and goes on from the state before it", async () => {
    const plain = await askFresh({ ids: prompt });
    const stopId = plain.drawn[5]!;
    const before = plain.drawn.slice(0, plain.drawn.indexOf(stopId));
    const { session, dispose } = await openSession();
    const ended = await ask(session, { ids: prompt, sampling: { ...greedy, stopIds: [stopId] } });
    const next = [...prompt, ...before, 3];
    const second = await ask(session, { ids: next });
    dispose();
    expect(ended).toMatchObject({ finish: "stop", drawn: before, generatedTokens: before.length });
    expect(second.reusedTokens).toBe(prompt.length + before.length);
    expect(second.drawn).toEqual((await askFresh({ ids: next })).drawn);
  });

  it("ends when the context is full, and refuses a prompt that does not fit", async () => {
    const { session, dispose } = await openSession(50);
    const full = await ask(session, { ids: prompt, sampling: { ...greedy, maxNewTokens: 100 } });
    await expect(ask(session, { ids: [...prompt, ...prompt] })).rejects.toMatchObject({
      code: "context-full",
    });
    dispose();
    expect(full.finish).toBe("context-full");
    expect(full.drawn).toHaveLength(50 - prompt.length + 1); // the last one is drawn, not read
  });

  it("the same seed gives the same answer, with every filter on", async () => {
    const sampling: SamplingValues = {
      temperature: 1.1,
      topK: 30,
      topP: 0.95,
      minP: 0.01,
      presencePenalty: 1.5,
      repetitionPenalty: 1.05,
      seed: 5,
      maxNewTokens: 12,
      stopIds: [],
    };
    const first = await askFresh({ ids: prompt, sampling });
    expect((await askFresh({ ids: prompt, sampling })).drawn).toEqual(first.drawn);
    expect((await askFresh({ ids: prompt, sampling: { ...sampling, seed: 6 } })).drawn).not.toEqual(
      first.drawn,
    );
  });

  it("draws the same ids with steps queued as one by one, with every setting of the sampler", async () => {
    const neutral: SamplingValues = { ...greedySampling, temperature: 1, seed: 3, maxNewTokens: 10 };
    const settings: SamplingValues[] = [
      greedy,
      { ...greedy, repetitionPenalty: 1.3 },
      { ...greedy, presencePenalty: 1.5 },
      neutral,
      { ...neutral, temperature: 1.5, seed: 4 },
      { ...neutral, topK: 20 },
      { ...neutral, topK: 40, topP: 0.8, temperature: 0.7 },
      { ...neutral, topP: 0.9 },
      { ...neutral, minP: 0.05 },
      { ...neutral, repetitionPenalty: 1.1, presencePenalty: 0.5 },
      { ...neutral, topK: 30, topP: 0.95, minP: 0.01, presencePenalty: 1.5, repetitionPenalty: 1.05 },
    ];
    const answersOf = async (stepsInFlight: number) => {
      const { session, dispose } = await openSession(200, stepsInFlight);
      const answers = [];
      for (const sampling of settings) {
        const { drawn, finish } = await ask(session, { ids: prompt, sampling });
        // The same once more, ended by a stop token in its middle: steps are queued behind it.
        const stopIds = drawn.slice(4, 5);
        const stopped = await ask(session, { ids: prompt, sampling: { ...sampling, stopIds } });
        answers.push({ drawn, finish, stopped: stopped.drawn, stoppedBy: stopped.finish });
      }
      dispose();
      return answers;
    };
    const queued = await answersOf(STEPS_IN_FLIGHT);
    expect(queued).toEqual(await answersOf(1));
    expect(queued.map(({ stoppedBy }) => stoppedBy)).toEqual(settings.map(() => "stop"));
    const sampled = queued.slice(3).map(({ drawn }) => drawn.join());
    expect(new Set(sampled).size).toBeGreaterThan(sampled.length / 2); // the settings do something
  });

  it("reads without drawing, and what it read is not read again", async () => {
    const { session, dispose } = await openSession();
    await ask(session, { ids: prompt, sharedPrefixLength: 30 });
    const history = [...prompt.slice(0, 30), ...prompt.toReversed()];
    const read = await session.read({ ids: history });
    const again = await session.read({ ids: history });
    const next = [...history, 7, 8];
    const answer = await ask(session, { ids: next });
    const regenerated = await ask(session, { ids: next });
    dispose();
    expect(read).toMatchObject({ reusedTokens: 30, isWhole: true });
    expect(again).toMatchObject({ reusedTokens: history.length, isWhole: true });
    expect(answer.reusedTokens).toBe(history.length);
    expect(regenerated.drawn).toEqual(answer.drawn);
    expect(answer.drawn).toEqual((await askFresh({ ids: next })).drawn);
  });

  it("ends an answer that is one token again and again, and the next one is as if it had not been", async () => {
    const { session, model, dispose } = await openSession(MOST_REPEATS + 100);
    const { buffer, offset, sizeBytes } = model.weights.outputNorm;
    const zeros = new Float32Array(sizeBytes / 4); // all logits are 0 then, and the first id is drawn
    const whole = await readBack(gpu.memory, model.weights.outputNorm);
    gpu.device.queue.writeBuffer(buffer, offset, zeros);
    const sampling = { ...greedy, maxNewTokens: MOST_REPEATS + 50 };
    const stuck = await ask(session, { ids: [5, 6, 7], sampling });
    expect(stuck.finish).toBe("repeats");
    expect(stuck.drawn).toEqual(new Array(MOST_REPEATS).fill(0));
    gpu.device.queue.writeBuffer(buffer, offset, whole);
    const after = await ask(session, { ids: [5, 6, 7, 8] });
    const fresh = await askFresh({ ids: [5, 6, 7, 8] });
    expect(after.drawn).toEqual(fresh.drawn);
    dispose();
  });

  it("a model whose weights are no numbers is refused, when it is warmed up and later", async () => {
    const bytes = makeModel({ config: "nano", quant: "F32", seed: 505 });
    const { tensors } = await readGguf(memorySource(bytes));
    const norm = tensors.get("output_norm.weight")!;
    new DataView(bytes.buffer, bytes.byteOffset).setFloat32(norm.offset + 8, NaN, true);
    const open = await openModel(gpu, memorySource(bytes), { contextLength: 64, precision: "f32" });
    const session = new Session(gpu, open.model, open.scope);
    const refused = { code: "model-format", message: expect.stringContaining("no numbers") as string };
    await expect(session.warmUp()).rejects.toMatchObject(refused);
    await expect(ask(session, { ids: prompt })).rejects.toMatchObject({ ...refused, code: "device-lost" });
    open.dispose();
  });

  it("gives back every byte when it is disposed", async () => {
    const before = gpu.memory.liveBytes;
    const { session, dispose } = await openSession();
    await ask(session, { ids: prompt });
    expect(gpu.memory.liveBytes).toBeGreaterThan(before);
    dispose();
    expect(gpu.memory.liveBytes).toBe(before);
  });
});
