import { expect, it } from "vitest";
import { addressOf, readAddress } from "./address";

const id = "0b3c0c5e-1df4-4a0e-9b68-4d1c9a2f7a11";

it.each([
  [id, false],
  [id, true],
  [null, false],
] as const)("the address of chat %s, inspected: %s, is read as that", (chatId, isInspected) => {
  expect(readAddress(addressOf(chatId, isInspected))).toEqual({ kind: "chat", id: chatId, isInspected });
});

it.each([
  ["", { kind: "chat", id: null, isInspected: false }],
  ["#lab", { kind: "page", name: "lab" }],
  ["#bench", { kind: "page", name: "bench" }],
  ["#inspect", { kind: "open", isInspected: true }],
  ["#chat", { kind: "open", isInspected: false }],
  ["#message", { kind: "open", isInspected: false }],
  ["#/chat/", { kind: "open", isInspected: false }],
  [`#/chat/${id}/else`, { kind: "open", isInspected: false }],
  ["#/chat/<b>", { kind: "open", isInspected: false }],
])("reads “%s”", (hash, address) => {
  expect(readAddress(hash)).toEqual(address);
});
