import { expect, it } from "vitest";
import { exportNames, fuzzExports } from "./fuzz-exports";

it.each(exportNames)("changed exports of %s give sound chats, or a sentence", async (name) => {
  const { nChats } = await fuzzExports(name, 150, 7);
  expect(nChats).toBeGreaterThan(20);
});
