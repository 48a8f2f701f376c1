import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.resetModules();
  vi.unstubAllGlobals();
});

/** Locks as a browser has them that blocks site data. */
const refusing = {
  request: () => Promise.reject(new DOMException("Access to the Locks API is denied.", "SecurityError")),
  query: () => Promise.reject(new DOMException("Access to the Locks API is denied.", "SecurityError")),
};

async function withRefusedLocks() {
  vi.stubGlobal("navigator", { locks: refusing });
  return import("./locks");
}

it("where locks are refused, work of one name still takes turns", async () => {
  const { withLock, ifUnlocked, heldLocks, lockManager } = await withRefusedLocks();
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push(`${name} ends`);
    return name;
  };
  const first = withLock("a", work("first"));
  const second = withLock("a", work("second"));
  expect(await Promise.all([first, second])).toEqual(["first", "second"]);
  expect(order).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  expect(lockManager()).toBeUndefined();

  const third = withLock("a", work("third"));
  expect(await heldLocks()).toEqual(new Set(["a"]));
  expect(await ifUnlocked("a", () => Promise.resolve())).toBe(false);
  await third;
  expect(await ifUnlocked("a", () => Promise.resolve())).toBe(true);
});

it("an error of the work itself is no refusal, and the work is not done twice", async () => {
  vi.stubGlobal("navigator", {
    locks: { request: (_: string, __: object, work: () => Promise<unknown>) => work() },
  });
  const { withLock, lockManager } = await import("./locks");
  let runs = 0;
  const work = () => {
    runs++;
    return Promise.reject(new DOMException("a file that may not be read", "SecurityError"));
  };
  await expect(withLock("a", work)).rejects.toThrow("may not be read");
  expect(runs).toBe(1);
  expect(lockManager()).toBeDefined();
});
