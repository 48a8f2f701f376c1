import { expect, it } from "vitest";
import { isPressed, printedKeys, shortcuts, type ShortcutName } from "./shortcuts";

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  timeStamp: 1e9,
  ...held,
});

it.each<[ShortcutName, ReturnType<typeof press>, boolean]>([
  ["palette", press("k", { ctrlKey: true }), true],
  ["palette", press("k", { metaKey: true }), true],
  ["palette", press("K", { ctrlKey: true, shiftKey: true }), false],
  ["palette", press("k"), false],
  ["palette", press("k", { ctrlKey: true, altKey: true }), false],
  ["newChat", press("O", { metaKey: true, shiftKey: true }), true],
  ["newChat", press("o", { metaKey: true }), false],
  ["help", press("?", { shiftKey: true }), true],
  ["help", press("?"), true],
  ["help", press("/", { ctrlKey: true }), true],
  ["messageBox", press("/"), true],
  ["messageBox", press("/", { ctrlKey: true }), false],
  ["editLast", press("ArrowUp"), true],
  ["editLast", press("ArrowUp", { shiftKey: true }), false],
  ["send", press("Enter", { isComposing: true }), false],
  ["send", press("Enter", { keyCode: 229 }), false],
])("%s, of %j: %s", (name, event, isIt) => {
  expect(isPressed(event, name)).toBe(isIt);
});

it("no two shortcuts of a place, nor one of everywhere, are the same keys", () => {
  const all = Object.entries(shortcuts).flatMap(([name, { group }]) =>
    printedKeys(name as ShortcutName, false).map((keys) => ({ group, keys: keys.join("+") })),
  );
  const clashes = all.filter(({ group, keys }, i) =>
    all.some(
      (other, j) => j > i && other.keys === keys && (other.group === group || other.group === "Everywhere"),
    ),
  );
  expect(clashes).toEqual([]);
});

it("prints keys as they stand on the keyboard", () => {
  expect(printedKeys("newChat", false)).toEqual([["Ctrl", "Shift", "O"]]);
  expect(printedKeys("newChat", true)).toEqual([["⌘", "⇧", "O"]]);
  expect(printedKeys("walk", false)).toEqual([["↓"], ["↑"]]);
});
