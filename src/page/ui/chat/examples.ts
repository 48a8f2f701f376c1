import { mark, type Key } from "../../../language/language";
export interface Example {
  readonly title: Key;
  readonly detail: Key;
  /** The message that is sent; `null` attaches a short document, with a question to send about it. */
  readonly prompt: Key | null;
}

const withDocument: Example = {
  title: mark("Try it with a document"),
  detail: mark("Attaches a short inventory, with a question about it"),
  prompt: null,
};

/** Examples of what the demo model was trained for: facts in a short text, and small skills. */
export const demoExamples: readonly Example[] = [
  withDocument,
  {
    title: mark("What can you do?"),
    detail: mark("Let the demo model tell it"),
    prompt: mark("What can you do?"),
  },
  { title: mark("Spell harbour"), detail: mark("One of its small skills"), prompt: mark("Spell harbour") },
  {
    title: mark("Make a list"),
    detail: mark("Apples, bread and two blue cups"),
    prompt: mark("List these items: apples, bread and two blue cups"),
  },
];

export const examples: readonly Example[] = [
  {
    title: mark("Explain something"),
    detail: mark("Why the sky is blue, for a ten-year-old"),
    prompt: mark("Explain to a ten-year-old why the sky is blue and sunsets are red."),
  },
  {
    title: mark("Write some code"),
    detail: mark("Group a list of words by their anagrams"),
    prompt: mark(
      "Write a Python function that groups a list of words by their anagrams, and explain how it works.",
    ),
  },
  {
    title: mark("Make a plan"),
    detail: mark("A rainy Saturday in the city with two kids"),
    prompt: mark(
      "Plan a rainy Saturday in a city with two children of six and nine. Give it as a table with times.",
    ),
  },
  withDocument,
];
