export interface Example {
  readonly title: string;
  readonly detail: string;
  readonly prompt: string;
}

const inventory = `Inventory
The green crate carries the code 48213.
The red lantern costs 418 coins.
The brass compass is on shelf C14.
The wooden chest belongs to Mara Olsen.
The red bucket costs 36 coins.`;

/** Examples of what the demo model was trained for: facts in a short text, and small skills. */
export const demoExamples: readonly Example[] = [
  {
    title: "Try it with a document",
    detail: "A short inventory, and a question about it",
    prompt: `${inventory}\n\nHow much does the red lantern cost?`,
  },
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
  {
    title: "Find the right words",
    detail: "Turn down an invitation kindly",
    prompt:
      "Help me turn down a wedding invitation from a colleague: kind, short, and without an invented excuse.",
  },
];
