import { isComposed } from "../hooks/composed-keys";

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
  readonly does: string;
  readonly keys: readonly Combination[];
}

const shortcut = (group: Shortcut["group"], does: string, ...keys: readonly Combination[]): Shortcut => ({
  group,
  does,
  keys,
});

/** Every shortcut of the page. What listens for one asks `isPressed`; the list and the palette print them. */
export const shortcuts = {
  palette: shortcut("Everywhere", "Find a chat or a command", { key: "K", mod: true }),
  newChat: shortcut("Everywhere", "Start a new chat", { key: "O", mod: true, shift: true }),
  sidebar: shortcut("Everywhere", "Show or hide the list of chats", { key: "B", mod: true }),
  messageBox: shortcut("Everywhere", "Go to the message box", { key: "/" }),
  help: shortcut("Everywhere", "Show this list", { key: "?" }, { key: "/", mod: true }),
  close: shortcut("Everywhere", "Close what is open, or stop the answer", { key: "Escape" }),
  send: shortcut("Message box", "Send the message", { key: "Enter" }),
  newLine: shortcut("Message box", "Start a line", { key: "Enter", shift: true }),
  editLast: shortcut("Message box", "Edit the last question, from an empty box", { key: "ArrowUp" }),
  walk: shortcut(
    "List of chats",
    "Go to the next or the previous chat",
    { key: "ArrowDown" },
    { key: "ArrowUp" },
  ),
  ends: shortcut("List of chats", "Go to the first or the last chat", { key: "Home" }, { key: "End" }),
  options: shortcut("List of chats", "Go to the options of the chat", { key: "ArrowRight" }),
  rename: shortcut("List of chats", "Rename the chat", { key: "F2" }),
  remove: shortcut("List of chats", "Delete the chat", { key: "Delete" }),
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
