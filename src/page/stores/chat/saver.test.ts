import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSaver } from "./saver";

describe("createSaver", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const failing = (error: unknown) => {
    throw error;
  };

  it("saves once per interval, with the state of that moment", async () => {
    let text = "";
    const saved: string[] = [];
    const saver = createSaver(() => Promise.resolve(void saved.push(text)), 500, failing);
    for (const word of ["a", "b", "c"]) {
      text += word;
      saver.request("chat");
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saved).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(saved).toEqual(["abc"]);
  });

  it("flush saves at once and takes the waiting save with it", async () => {
    const saved: string[] = [];
    const saver = createSaver((id) => Promise.resolve(void saved.push(id)), 500, failing);
    saver.request("a");
    saver.request("b");
    await saver.flush();
    expect(saved).toEqual(["a", "b"]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(saved).toEqual(["a", "b"]);
  });

  it("never runs two saves of one thing at a time", async () => {
    let running = 0;
    let most = 0;
    const save = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      running--;
    };
    const saver = createSaver(save, 100, failing);
    const flushed = [saver.flush("a"), saver.flush("a"), saver.flush("a")];
    await vi.advanceTimersByTimeAsync(3000);
    await Promise.all(flushed);
    expect(most).toBe(1);
  });

  it("saves nothing after forget has resolved", async () => {
    const saved: string[] = [];
    const save = async (id: string) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      saved.push(id);
    };
    const saver = createSaver(save, 500, failing);
    void saver.flush("a");
    saver.request("a");
    const forgotten = saver.forget("a").then(() => saved.push("forgotten"));
    await vi.advanceTimersByTimeAsync(5000);
    await forgotten;
    expect(saved).toEqual(["a", "forgotten"]);
  });

  it("reports a failed save and goes on with the next", async () => {
    const errors: unknown[] = [];
    let isFull = true;
    const saved: string[] = [];
    const save = (id: string) =>
      isFull ? Promise.reject(new Error("full")) : Promise.resolve(void saved.push(id));
    const saver = createSaver(save, 500, (error) => errors.push(error));
    await saver.flush("a");
    isFull = false;
    await saver.flush("a");
    expect(errors).toHaveLength(1);
    expect(saved).toEqual(["a"]);
  });

  it("tries again until it is stored, and says once that it was not", async () => {
    const errors: unknown[] = [];
    let isFull = true;
    const saved: string[] = [];
    const save = (id: string) =>
      isFull ? Promise.reject(new Error("full")) : Promise.resolve(void saved.push(id));
    const saver = createSaver(save, 500, (error) => errors.push(error), 1000);
    saver.request("chat");
    await vi.advanceTimersByTimeAsync(5000);
    expect(errors).toHaveLength(1);
    expect(saver.isWaiting("chat")).toBe(true);
    isFull = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved).toEqual(["chat"]);
    expect(saver.isWaiting("chat")).toBe(false);
    isFull = true;
    saver.request("chat");
    await vi.advanceTimersByTimeAsync(2000);
    expect(errors).toHaveLength(2); // it had been stored in between
    await saver.forget("chat");
    await vi.advanceTimersByTimeAsync(5000);
    expect(saver.isWaiting("chat")).toBe(false);
  });
});
