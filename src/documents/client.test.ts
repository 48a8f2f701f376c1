import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FromDocuments, ReadProgress, ToDocuments } from "./protocol";

/** A worker that says what a test tells it to; a real one that never ends can not be run in a unit test. */
class ScriptedWorker extends EventTarget {
  static all: ScriptedWorker[] = [];
  readonly got: ToDocuments[] = [];
  isEnded = false;

  constructor() {
    super();
    ScriptedWorker.all.push(this);
  }

  postMessage(message: ToDocuments): void {
    this.got.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: data as FromDocuments }));
  }

  breakDown(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }

  get calls() {
    return this.got.filter((message) => message.type === "call");
  }
}

let callDocuments: typeof import("./client").callDocuments;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  ScriptedWorker.all = [];
  vi.stubGlobal("Worker", ScriptedWorker);
  ({ callDocuments } = await import("./client"));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const read = (name: string, signal?: AbortSignal) => {
  const source = { kind: "pasted", name, text: "" } as const;
  const call = callDocuments("read", [source], signal ? { signal } : {});
  call.catch(() => undefined); // what it rejects with is looked at later
  return call;
};
const worker = (at: number) => ScriptedWorker.all[at]!;
const progress = (at: number, call: number, heard: ReadProgress) =>
  worker(at).say({ type: "progress", id: worker(at).calls[call]!.id, progress: heard });
const skipped = (at: number) => worker(at).calls.map(({ args }) => (args as unknown[])[1]);

describe("a call to the documents' worker", () => {
  it("is answered by its result, and its error crosses with what to do", async () => {
    const [good, bad] = [read("good.txt"), read("bad.txt")];
    const [first, second] = worker(0).calls;
    const error = { code: "document", message: "It is damaged.", hint: "Get it again." };
    worker(0).say({ type: "error", id: second!.id, error });
    worker(0).say({ type: "result", id: first!.id, result: "read" });
    await expect(good).resolves.toBe("read");
    await expect(bad).rejects.toMatchObject(error);
    expect(ScriptedWorker.all).toHaveLength(1);
  });

  it("that is stopped and heard ends the reader's own way, and the worker lives", async () => {
    const stop = new AbortController();
    const call = read("a.txt", stop.signal);
    stop.abort();
    const { id } = worker(0).calls[0]!;
    expect(worker(0).got.at(-1)).toEqual({ type: "cancel", id });
    worker(0).say({ type: "error", id, error: { code: "cancelled", message: "Stopped.", hint: "" } });
    await expect(call).rejects.toMatchObject({ code: "cancelled" });
    vi.advanceTimersByTime(2000);
    expect(worker(0).isEnded).toBe(false);
  });

  it("that is stopped and not heard within 2 s ends the worker, and the others begin anew", async () => {
    const stop = new AbortController();
    const [endless, other] = [read("endless.txt", stop.signal), read("other.txt")];
    stop.abort();
    vi.advanceTimersByTime(1999);
    expect(worker(0).isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    await expect(endless).rejects.toMatchObject({ code: "cancelled" });
    expect(worker(0).isEnded).toBe(true);
    expect(worker(1).calls).toHaveLength(1);
    worker(1).say({ type: "result", id: worker(1).calls[0]!.id, result: "read" });
    await expect(other).resolves.toBe("read");
  });
});

describe("a worker that says nothing", () => {
  it("for 20 s within a page is started anew without that page, and at the fifth the file is given up", async () => {
    const call = read("a.pdf");
    for (let n = 0; n < 4; n++) {
      progress(n, 0, { pages: n, totalPages: 9 });
      vi.advanceTimersByTime(20_000);
      expect(worker(n).isEnded).toBe(true);
      expect(skipped(n + 1)).toEqual([{ skipPages: [1, 2, 3, 4].slice(0, n + 1) }]);
    }
    progress(4, 0, { pages: 4, totalPages: 9 });
    vi.advanceTimersByTime(20_000);
    await expect(call).rejects.toMatchObject({
      message: "Reading “a.pdf” was given up at page 5: it is the fifth that does not end.",
    });
  });

  it("for three minutes of a file without pages gives it up", async () => {
    const call = read("a.xlsx");
    vi.advanceTimersByTime(179_999);
    expect(worker(0).isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    await expect(call).rejects.toMatchObject({
      message: expect.stringContaining("for three minutes") as string,
    });
    expect(worker(0).isEnded).toBe(true);
  });

  it("with several files reads them one at a time, to find the one that does not end", async () => {
    const [endless, good] = [read("endless.txt"), read("good.txt")];
    vi.advanceTimersByTime(180_000);
    expect(worker(1).calls).toHaveLength(1);
    vi.advanceTimersByTime(180_000);
    await expect(endless).rejects.toMatchObject({ code: "document" });
    expect(worker(2).calls).toHaveLength(1);
    worker(2).say({ type: "result", id: worker(2).calls[0]!.id, result: "read" });
    await expect(good).resolves.toBe("read");
  });
});

it("a worker that breaks down rejects its calls with the reason, and the next call starts another", async () => {
  const call = read("a.txt");
  worker(0).breakDown("out of memory");
  await expect(call).rejects.toMatchObject({
    message: "The reader of documents broke down: out of memory",
    hint: expect.stringContaining("Try again") as string,
  });
  void read("b.txt");
  expect(worker(1).calls).toHaveLength(1);
});
