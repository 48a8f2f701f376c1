import { isComposed } from "../hooks/composed-keys";
import { mark, type Key } from "../../../../language/language";

/** One key with what is held beside it. `Mod` is ⌘ on Apple's devices and Ctrl elsewhere. */
interface Combination {
  /** The value of `KeyboardEvent.key`; letters in capitals. */
  readonly key: string;
  readonly mod?: true;
  readonly shift?: true;
}

interface Shortcut {
  readonly group: "Everywhere" | "Message box" | "List of chats";
  /** Its effect, for the list of shortcuts. */
  readonly does: Key;
  readonly keys: readonly Combination[];
}

const shortcut = (group: Shortcut["group"], does: Key, ...keys: readonly Combination[]): Shortcut => ({
  group,
  does,
  keys,
});

/** Every shortcut of the page. What listens for one asks `isPressed`; the list and the palette print them. */
export const shortcuts = {
  palette: shortcut(mark("Everywhere"), mark("Find a chat or a command"), { key: "K", mod: true }),
  newChat: shortcut(mark("Everywhere"), mark("Start a new chat"), { key: "O", mod: true, shift: true }),
  sidebar: shortcut(mark("Everywhere"), mark("Show or hide the list of chats"), { key: "B", mod: true }),
  messageBox: shortcut(mark("Everywhere"), mark("Go to the message box"), { key: "/" }),
  help: shortcut(mark("Everywhere"), mark("Show this list"), { key: "?" }, { key: "/", mod: true }),
  close: shortcut(mark("Everywhere"), mark("Close what is open, or stop the answer"), { key: "Escape" }),
  send: shortcut(mark("Message box"), mark("Send the message"), { key: "Enter" }),
  newLine: shortcut(mark("Message box"), mark("Start a line"), { key: "Enter", shift: true }),
  editLast: shortcut(mark("Message box"), mark("Edit the last question, from an empty box"), {
    key: "ArrowUp",
  }),
  walk: shortcut(
    mark("List of chats"),
    mark("Go to the next or the previous chat"),
    { key: "ArrowDown" },
    { key: "ArrowUp" },
  ),
  ends: shortcut(
    mark("List of chats"),
    mark("Go to the first or the last chat"),
    { key: "Home" },
    { key: "End" },
  ),
  options: shortcut(mark("List of chats"), mark("Go to the options of the chat"), { key: "ArrowRight" }),
  rename: shortcut(mark("List of chats"), mark("Rename the chat"), { key: "F2" }),
  remove: shortcut(mark("List of chats"), mark("Delete the chat"), { key: "Delete" }),
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof shortcuts;

type PressedKey = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey" | "isComposing" | "keyCode" | "timeStamp"
>;

/** Returns whether a key press is this shortcut; none is while an input method composes a word. */
export function isPressed(event: PressedKey, name: ShortcutName): boolean {
  if (event.altKey || isComposed(event)) return false;
  const combinations: readonly Combination[] = shortcuts[name].keys;
  return combinations.some(({ key, mod = false, shift = false }) => {
    const isKey = event.key.toUpperCase() === key.toUpperCase();
    // Signs such as "?" are on Shift with some layouts and not with others.
    const isShiftRight = event.shiftKey === shift || (/^[^\p{L}\p{N}]$/u.test(key) && !shift);
    return isKey && isShiftRight && (event.ctrlKey || event.metaKey) === mod;
  });
}

/** A shortcut without Ctrl or ⌘ is a letter like any other where text is written. */
export function isInText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowRight: "→",
  Escape: "Esc",
};

/**
 * The keys of a shortcut as they are printed, a list for each way to press it: ["Ctrl", "K"] or ["⌘", "K"].
 */
export function printedKeys(name: ShortcutName, isApple = onApple()): readonly (readonly string[])[] {
  const combinations: readonly Combination[] = shortcuts[name].keys;
  return combinations.map(({ key, mod, shift }) => [
    ...(mod ? [isApple ? "⌘" : "Ctrl"] : []),
    ...(shift ? [isApple ? "⇧" : "Shift"] : []),
    signs[key] ?? key,
  ]);
}

const onApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
