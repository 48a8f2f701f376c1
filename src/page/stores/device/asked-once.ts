/** A question that a person is asked once on this device. */
export type Question = "notifications" | "dictation" | "reading-aloud";

const keyOf = (question: Question) => `asked-${question}`;

/**
 * Returns whether it was answered or put aside before; true where nothing can be stored, so as not to nag.
 */
export function wasAsked(question: Question): boolean {
  try {
    return window.localStorage.getItem(keyOf(question)) !== null;
  } catch {
    return true;
  }
}

export function noteAsked(question: Question, answer: "asked" | "yes" = "asked"): void {
  try {
    window.localStorage.setItem(keyOf(question), answer);
  } catch {
    // Forbidden: it holds as long as the page.
  }
  answers.set(question, answer);
}

/** Answers of this visit, where the browser stores none. */
const answers = new Map<Question, "asked" | "yes">();

export function wasAllowed(question: Question): boolean {
  if (answers.get(question) === "yes") return true;
  try {
    return window.localStorage.getItem(keyOf(question)) === "yes";
  } catch {
    return false;
  }
}
