export interface Example {
  readonly title: string;
  readonly detail: string;
  /** The message that is sent; `null` attaches a short document, with a question to send about it. */
  readonly prompt: string | null;
}

const withDocument: Example = {
  title: "Try it with a document",
  detail: "Attaches a short inventory, with a question about it",
  prompt: null,
};

/** Examples of what the demo model was trained for: facts in a short text, and small skills. */
export const demoExamples: readonly Example[] = [
  withDocument,
  { title: "What can you do?", detail: "Let the demo model tell it", prompt: "What can you do?" },
  { title: "Spell harbour", detail: "One of its small skills", prompt: "Spell harbour" },
  {
    title: "Make a list",
    detail: "Apples, bread and two blue cups",
    prompt: "List these items: apples, bread and two blue cups",
  },
];

export const examples: readonly Example[] = [
  {
    title: "Explain something",
    detail: "Why the sky is blue, for a ten-year-old",
    prompt: "Explain to a ten-year-old why the sky is blue and sunsets are red.",
  },
  {
    title: "Write some code",
    detail: "Group a list of words by their anagrams",
    prompt:
      "Write a Python function that groups a list of words by their anagrams, and explain how it works.",
  },
  {
    title: "Make a plan",
    detail: "A rainy Saturday in the city with two kids",
    prompt:
      "Plan a rainy Saturday in a city with two children of six and nine. Give it as a table with times.",
  },
  withDocument,
];
