import { expect, it, vi } from "vitest";

const listeners: ((event: { timeStamp: number }) => void)[] = [];
vi.stubGlobal("addEventListener", (name: string, listener: (event: { timeStamp: number }) => void) => {
  if (name === "compositionend") listeners.push(listener);
});
const { isComposed } = await import("./composed-keys");

const key = (timeStamp: number, more = {}) => ({ isComposing: false, keyCode: 13, timeStamp, ...more });

it("a key pressed by itself is no part of a conversion", () => expect(isComposed(key(1000))).toBe(false));

it("a key within a conversion is told by the browser, in one of two ways", () => {
  expect(isComposed(key(1000, { isComposing: true }))).toBe(true);
  expect(isComposed(key(1000, { keyCode: 229 }))).toBe(true);
});

it("the key that ended a conversion belongs to it where it comes after the end, as in Safari", () => {
  for (const listener of listeners) listener({ timeStamp: 2000 });
  expect(isComposed(key(2010))).toBe(true);
  expect(isComposed(key(2200))).toBe(false);
});
