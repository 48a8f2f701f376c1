import { afterEach, expect, it, vi } from "vitest";
import type { StoredModel } from "./protocol/model";
import { CancelledError, StorageError } from "../../ground/errors";
import { EngineClient, type WorkerPort } from "./client";
import type { EngineCalls } from "../calls/engine-calls";
import type { FromWorker, ToWorker } from "./messages";
import { serve, type Handlers } from "./serve";
import { verbatim } from "../../language/language";

const stored = { id: "a", name: "A", sizeBytes: 1 } as StoredModel;

/** A worker as the page sees it: its port, and the events that the browser sends about it. */
class ChannelWorker extends EventTarget {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) =>
      this.dispatchEvent(new MessageEvent("message", { data }));
  }
  postMessage(message: ToWorker) {
    this.#port.postMessage(message);
  }
  terminate() {
    this.#port.close();
  }
}

const workers: ChannelWorker[] = [];
let server: ReturnType<typeof serve>;

function clientOf(handlers: Partial<Handlers<EngineCalls>>): EngineClient {
  return new EngineClient(() => {
    const { port1, port2 } = new MessageChannel();
    server = serve(handlers as Handlers<EngineCalls>, port2);
    port2.start();
    const worker = new ChannelWorker(port1);
    workers.push(worker);
    return worker as WorkerPort;
  });
}

/** Ends when the signal does, with the error that fetch and friends give. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

it("gives a call's arguments to its handler and the result back", async () => {
  const deleted: string[] = [];
  const client = clientOf({
    listModels: () => Promise.resolve([stored]),
    deleteModel: ([id]) => Promise.resolve(void deleted.push(id)),
  });
  expect(await client.call("listModels", [])).toEqual([stored]);
  expect(await client.call("deleteModel", ["a"])).toBeUndefined();
  expect(deleted).toEqual(["a"]);
});

it("gives each of two calls at once its own result, whichever ends first", async () => {
  const ends = new Map<string, () => void>();
  const client = clientOf({
    findUpdate: ([id]) => new Promise((resolve) => ends.set(id, () => resolve({ repo: id } as never))),
  });
  const [a, b] = [client.call("findUpdate", ["a"]), client.call("findUpdate", ["b"])];
  await vi.waitFor(() => expect(ends.size).toBe(2));
  ends.get("b")!();
  ends.get("a")!();
  expect((await a)?.repo).toBe("a");
  expect((await b)?.repo).toBe("b");
});

it("pushes progress in order, before the result", async () => {
  const client = clientOf({
    fetchModel: (_, { progress }) => {
      const rest = { id: "a", totalBytes: 9, bytesPerSecond: null, isRetrying: false, isWaiting: false };
      for (const receivedBytes of [0, 5, 9]) progress({ receivedBytes, ...rest });
      return Promise.resolve(stored);
    },
  });
  const seen: number[] = [];
  await client.call("fetchModel", [{ kind: "url", url: "https://a/b" }], {
    onProgress: ({ receivedBytes }) => seen.push(receivedBytes),
  });
  expect(seen).toEqual([0, 5, 9]);
});

it("rejects with code, message and hint of what the handler threw", async () => {
  const client = clientOf({
    fetchModel: () =>
      Promise.reject(
        new StorageError("storage-full", verbatim("needs 2 MB"), { hint: verbatim("Delete one.") }),
      ),
  });
  await expect(client.call("fetchModel", [{ kind: "url", url: "https://a/b" }])).rejects.toMatchObject({
    code: "storage-full",
    message: "needs 2 MB",
    hint: "Delete one.",
  });
});

it("an error nobody foresaw has code internal and is logged in the worker", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const client = clientOf({ unload: () => Promise.reject(new TypeError("x is undefined")) });
  await expect(client.call("unload", [])).rejects.toMatchObject({
    code: "internal",
    message: "x is undefined",
  });
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});

it("abort cancels its own call and no other", async () => {
  const signals: AbortSignal[] = [];
  const client = clientOf({
    unload: (_, { signal }) => (signals.push(signal), untilAborted(signal)),
  });
  const [first, second] = [new AbortController(), new AbortController()];
  const a = client.call("unload", [], { signal: first.signal });
  const b = client.call("unload", [], { signal: second.signal });
  first.abort();
  await expect(a).rejects.toMatchObject({ code: "cancelled" });
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  second.abort();
  await expect(b).rejects.toMatchObject({ code: "cancelled" });
});

it("a signal that has aborted before the call cancels it too", async () => {
  const client = clientOf({ unload: (_, { signal }) => untilAborted(signal) });
  await expect(client.call("unload", [], { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
});

it("a cancelled call may still resolve, as generate does when it is stopped", async () => {
  const client = clientOf({
    generate: (_, { signal }) =>
      untilAborted(signal).catch(() => ({ finish: "stopped", generatedTokens: 3 }) as never),
  });
  const controller = new AbortController();
  const answer = client.call("generate", [{} as never], { signal: controller.signal });
  controller.abort();
  expect(await answer).toMatchObject({ finish: "stopped", generatedTokens: 3 });
});

it("a handler's CancelledError is told as cancelled", async () => {
  const client = clientOf({ unload: () => Promise.reject(new CancelledError()) });
  await expect(client.call("unload", [])).rejects.toMatchObject({ code: "cancelled" });
});

it("an AbortError that the page did not ask for is no cancel", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const client = clientOf({ unload: () => Promise.reject(new DOMException("Map aborted.", "AbortError")) });
  await expect(client.call("unload", [])).rejects.toMatchObject({
    code: "internal",
    message: "Map aborted.",
  });
  log.mockRestore();
});

it("whatever a cancelled call fails with, it is told as cancelled", async () => {
  const client = clientOf({
    load: (_, { signal }) =>
      untilAborted(signal).catch(() => {
        throw new StorageError("storage", verbatim("The file is gone."), { hint: verbatim("") });
      }),
  });
  const controller = new AbortController();
  const call = client.call("load", ["a", { contextLength: 1, quantize: null }], {
    signal: controller.signal,
  });
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: "cancelled" });
});

it("a result that can not be sent rejects the call", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const client = clientOf({ listModels: () => Promise.resolve([(() => 1) as never]) });
  await expect(client.call("listModels", [])).rejects.toMatchObject({ code: "internal" });
  log.mockRestore();
});

it("arguments that can not be sent reject the call, and the next call works", async () => {
  const client = clientOf({ listModels: () => Promise.resolve([stored]) });
  await expect(client.call("deleteModel", [(() => 1) as never])).rejects.toMatchObject({ code: "internal" });
  expect(await client.call("listModels", [])).toEqual([stored]);
});

it("tells listeners of a lost device until they leave", async () => {
  const client = clientOf({ listModels: () => Promise.resolve([]) });
  const heard: string[] = [];
  const leave = client.onDeviceLost(({ message }) => heard.push(message));
  await client.call("listModels", []);
  server.deviceLost({ code: "device-lost", message: verbatim("gone 1"), hint: verbatim("") });
  await client.call("listModels", []);
  leave();
  server.deviceLost({ code: "device-lost", message: verbatim("gone 2"), hint: verbatim("") });
  await client.call("listModels", []);
  expect(heard).toEqual(["gone 1"]);
});

it("a crash rejects every open call, tells that the model is gone, and the next call starts a new worker", async () => {
  const client = clientOf({
    listModels: () => Promise.resolve([stored]),
    unload: (_, { signal }) => untilAborted(signal),
  });
  const heard: string[] = [];
  client.onDeviceLost(({ message }) => heard.push(message));
  await client.call("listModels", []);
  const open = [client.call("unload", []), client.call("unload", [])];
  workers[0]!.dispatchEvent(Object.assign(new Event("error"), { message: "out of stack" }));
  for (const call of open) {
    await expect(call).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("out of stack") as string,
    });
  }
  expect(heard).toHaveLength(1);
  expect(await client.call("listModels", [])).toEqual([stored]);
  expect(workers).toHaveLength(2);
});

it.each(["error", "messageerror"])(
  "a worker that ends with %s before it answered loses no model",
  async (type) => {
    const client = clientOf({ unload: (_, { signal }) => untilAborted(signal) });
    const listener = vi.fn();
    client.onDeviceLost(listener);
    const call = client.call("unload", []);
    workers[0]!.dispatchEvent(new Event(type));
    await expect(call).rejects.toMatchObject({ code: "internal" });
    expect(listener).not.toHaveBeenCalled();
  },
);

it("a worker that can not be made at all rejects the call", async () => {
  const client = new EngineClient(() => {
    throw new Error("blocked by policy");
  });
  await expect(client.call("start", [null])).rejects.toMatchObject({
    message: expect.stringContaining("blocked by policy") as string,
  });
});

it("nothing that an ended worker still sends is heard", async () => {
  const client = clientOf({ unload: (_, { signal }) => untilAborted(signal) });
  const call = client.call("unload", []);
  workers[0]!.dispatchEvent(new Event("error"));
  await expect(call).rejects.toBeDefined();
  const listener = vi.fn();
  client.onDeviceLost(listener);
  const late: FromWorker = {
    type: "device-lost",
    error: { code: "device-lost", message: verbatim("late"), hint: verbatim("") },
  };
  workers[0]!.dispatchEvent(new MessageEvent("message", { data: late }));
  expect(listener).not.toHaveBeenCalled();
});
