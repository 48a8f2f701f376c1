import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

interface Waiting {
  readonly grant: () => void;
  readonly isShared: boolean;
}

/** Web Locks of one name, as the specification has them: in turn, shared, given up by a signal, stolen. */
class FakeLocks {
  readonly #queue: Waiting[] = [];
  readonly #held = new Map<object, { readonly isShared: boolean; readonly lose: (error: Error) => void }>();

  request(_name: string, options: LockOptions, work: () => Promise<void> | undefined): Promise<unknown> {
    const { mode = "exclusive", steal = false, signal } = options;
    return new Promise((resolve, reject) => {
      const isShared = mode === "shared";
      const waiting: Waiting = {
        isShared,
        grant: () => {
          const key = {};
          this.#held.set(key, { isShared, lose: reject });
          void Promise.resolve(work()).then((value) => {
            this.#held.delete(key);
            resolve(value);
            this.#next();
          });
        },
      };
      if (steal) {
        for (const { lose } of this.#held.values()) lose(new DOMException("stolen", "AbortError"));
        this.#held.clear();
        waiting.grant();
        return;
      }
      this.#queue.push(waiting);
      signal?.addEventListener("abort", () => {
        const at = this.#queue.indexOf(waiting);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        reject(signal.reason as Error);
      });
      this.#next();
    });
  }

  #next(): void {
    const first = this.#queue[0];
    const isFree = [...this.#held.values()].every(({ isShared }) => isShared && first?.isShared);
    if (!first || !isFree) return;
    this.#queue.shift();
    first.grant();
    this.#next();
  }
}

/** A module of its own for each tab: they share the locks and the channel alone. */
async function openTab(onWanted: () => Promise<void> = () => Promise.resolve()) {
  vi.resetModules();
  const tab = await import("./model-tab");
  const give = vi.fn(onWanted);
  tab.shareModel(give);
  return { ...tab, give };
}

class FakeChannel {
  static readonly all = new Set<FakeChannel>();
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    FakeChannel.all.add(this);
  }
  postMessage(data: unknown): void {
    for (const other of FakeChannel.all)
      if (other !== this) queueMicrotask(() => other.onmessage?.({ data }));
  }
}

describe("the tab that has the model", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    // Not a fake timer's: its signal is made by Node.
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(new DOMException("late", "TimeoutError")), ms);
      return abort.signal;
    });
    vi.stubGlobal("navigator", { locks: new FakeLocks() });
    vi.stubGlobal("BroadcastChannel", FakeChannel);
    FakeChannel.all.clear();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const claim = async (tab: { claimModel: () => Promise<boolean> }) => {
    const claimed = tab.claimModel();
    await vi.advanceTimersByTimeAsync(2000);
    return claimed;
  };

  it("is the first one, however often it asks; another one is told no until it is free", async () => {
    const [one, two] = [await openTab(), await openTab()];
    expect(await Promise.all([claim(one), claim(one)])).toEqual([true, true]);
    expect(await claim(two)).toBe(false);
    one.freeModel();
    expect(await claim(two)).toBe(true);
    expect(await claim(one)).toBe(false);
  });

  it("gives it to one that asks, once, however often that is asked", async () => {
    const [one, two] = [await openTab(), await openTab()];
    await claim(one);
    const taken = Promise.all([two.takeModel(), two.takeModel()]);
    await vi.advanceTimersByTimeAsync(20_000);
    await taken;
    expect(one.give).toHaveBeenCalledTimes(1);
    expect(two.give).not.toHaveBeenCalled(); // it did not steal from itself
    expect(await claim(one)).toBe(false);
    const back = one.takeModel();
    await vi.advanceTimersByTimeAsync(1000);
    await back;
    expect(two.give).toHaveBeenCalledTimes(1);
    expect(await claim(two)).toBe(false);
  });

  it("loses it when it does not give it, and may ask for it again", async () => {
    const [one, two] = [await openTab(() => new Promise(() => undefined)), await openTab()];
    await claim(one);
    const taken = two.takeModel();
    await vi.advanceTimersByTimeAsync(9000);
    await taken;
    expect(await claim(one)).toBe(false);
    two.freeModel();
    expect(await claim(one)).toBe(true);
  });

  it("while it gives it away, asks for it as any other", async () => {
    let given = () => undefined as void;
    const [one, two] = [await openTab(() => new Promise((resolve) => (given = resolve))), await openTab()];
    await claim(one);
    const taken = two.takeModel();
    await vi.advanceTimersByTimeAsync(100);
    const again = claim(one);
    given();
    await taken;
    expect(await again).toBe(false);
  });

  it("lets the others know when no tab has it", async () => {
    const [one, two] = [await openTab(), await openTab()];
    await claim(one);
    const isFree = vi.fn();
    void two.untilModelFree().then(isFree);
    await vi.advanceTimersByTimeAsync(100);
    expect(isFree).not.toHaveBeenCalled();
    one.freeModel();
    await vi.advanceTimersByTimeAsync(100);
    expect(isFree).toHaveBeenCalled();
    expect(await claim(two)).toBe(true);
  });
});
