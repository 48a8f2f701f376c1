import { expect, it } from "vitest";
import { createTextModel } from "../../../engine/text/text-model";
import { fixtureMetadata, templateNames } from "../../../engine/text/tokenizer/fixture-vocabulary";
import { asTitle, titlePrompt } from "./suggest-title";

it.each([
  ["Prices of lanterns", "Prices of lanterns"],
  ["  “Prices of lanterns.”\n", "Prices of lanterns"],
  ["**Title: Prices of lanterns**", "Title: Prices of lanterns"],
  ["Title: Prices of lanterns", "Prices of lanterns"],
  ["# Prices", "Prices"],
  ["标题：灯笼的价格", "灯笼的价格"],
  ["《灯笼的价格》", "灯笼的价格"],
  ["What's new in C++?", "What's new in C++?"],
])("of “%s” the title is “%s”", (written, title) => {
  expect(asTitle(written)).toBe(title);
});

it.each(["", "\n", "…", "Sure! Here is one:\nPrices of lanterns", "word ".repeat(20)])(
  "“%s” is no title",
  (written) => {
    expect(asTitle(written)).toBeNull();
  },
);

const messages = [
  { role: "user", content: "Why?" },
  { role: "assistant", content: "So.", reasoning: "Pondered." },
] as const;

it.each(templateNames.flatMap((template) => [true, false].map((thinking) => ({ template, thinking }))))(
  "a title by $template, thinking $thinking, is asked for behind what was read, and answered without thoughts",
  ({ template, thinking }) => {
    const model = createTextModel({
      kind: "gguf",
      metadata: fixtureMetadata("qwen35", { nMerges: 5000, template }),
    });
    const history = model.renderHistory(messages, { thinking }).ids;
    const { ids, opensInReasoning } = titlePrompt(model, { messages, thinking }, history);
    expect(ids.slice(0, history.length)).toEqual(history);
    expect(opensInReasoning).toBe(false);
    expect(model.decode(ids.slice(history.length))).toMatch(
      /Answer with the title alone\.<\|im_end\|>\n<\|im_start\|>assistant\n(<think>\n\n<\/think>\n\n)?$/,
    );
  },
);
