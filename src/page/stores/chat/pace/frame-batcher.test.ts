import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { frameBatcher } from "./frame-batcher";

/** Time between two frames. */
const frameMs = 16;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, frameMs));
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const batches = () => {
  const handedOver: string[] = [];
  const batcher = frameBatcher<string, string>(
    (batch, item) => (batch ?? "") + item,
    (batch) => handedOver.push(batch),
  );
  return { batcher, handedOver };
};

it("hands the first item on with the next frame, and those after it at most every other frame", () => {
  const { batcher, handedOver } = batches();
  vi.advanceTimersByTime(1000); // nothing was handed on for a while
  for (const item of "abcdefgh") {
    batcher.add(item);
    vi.advanceTimersByTime(frameMs);
  }
  expect(handedOver).toEqual(["a", "bc", "de", "fg"]);
});

it("on a slow screen leaves every other frame free", () => {
  const slowMs = 100;
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, slowMs));
  const { batcher, handedOver } = batches();
  for (const item of "abcdefg") {
    batcher.add(item);
    vi.advanceTimersByTime(slowMs);
  }
  expect(handedOver).toEqual(["a", "bc", "de", "fg"]);
});

it("hands all on at once when it is told to, and nothing twice", () => {
  const { batcher, handedOver } = batches();
  batcher.add("a");
  batcher.add("b");
  batcher.flush();
  expect(handedOver).toEqual(["ab"]);
  vi.advanceTimersByTime(1000);
  expect(handedOver).toEqual(["ab"]);
});

it("hands on without frames too, four times a second", () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const { batcher, handedOver } = batches();
  batcher.add("a");
  vi.advanceTimersByTime(249);
  expect(handedOver).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(handedOver).toEqual(["a"]);
});
