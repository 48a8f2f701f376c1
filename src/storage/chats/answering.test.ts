import { expect, it } from "vitest";
import { withLock } from "../locks";
import { answeringLock, isAnswered } from "./answering";

it("a chat is answered while a tab holds its lock, and no other chat is", async () => {
  await withLock(answeringLock("c1"), async () => {
    expect(await isAnswered("c1")).toBe(true);
    expect(await isAnswered("c2")).toBe(false);
  });
  expect(await isAnswered("c1")).toBe(false);
});
