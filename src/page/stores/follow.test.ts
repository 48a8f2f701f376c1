import { expect, it } from "vitest";
import { create } from "zustand";
import { follow, whole } from "./follow";

it("hears of changes of what it selects, with what was before, and of nothing else, until it is ended", () => {
  const store = create(() => ({ a: 1, b: 1 }));
  const heard: unknown[] = [];
  const end = follow(
    store,
    ({ a }) => a,
    (now, before) => heard.push([now, before]),
  );
  store.setState({ b: 2 });
  store.setState({ a: 2 });
  store.setState({ a: 2 });
  expect(heard).toEqual([[2, 1]]);
  end();
  store.setState({ a: 3 });
  expect(heard).toHaveLength(1);
});

it("hears of every change of the whole", () => {
  const store = create(() => ({ a: 1 }));
  let n = 0;
  follow(store, whole, () => n++);
  store.setState({ a: 2 });
  store.setState({ a: 3 });
  expect(n).toBe(2);
});
