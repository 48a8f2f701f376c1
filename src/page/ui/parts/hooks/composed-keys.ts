/** The moment at which the last conversion ended, on the clock of events. */
let endedAt = -Infinity;

/** Milliseconds in which Safari still reports the key that ended a conversion. */
const LATE = 60;

if (typeof addEventListener === "function")
  addEventListener("compositionend", ({ timeStamp }) => (endedAt = timeStamp), { capture: true });

/**
 * Returns whether a key belongs to an input method that composes a word: Enter then chooses the word and
 * Escape drops it. Chrome and Firefox say so (`isComposing`). Safari ends the conversion first and sends the
 * key after it, by the code 229 or as an ordinary key (bugs.webkit.org/show_bug.cgi?id=165004).
 */
export function isComposed(event: {
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly timeStamp: number;
}): boolean {
  return event.isComposing || event.keyCode === 229 || event.timeStamp - endedAt < LATE;
}
