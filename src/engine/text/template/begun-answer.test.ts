import { describe, expect, it } from "vitest";
import { fixtureMetadata, templateNames } from "../tokenizer/fixture-vocabulary";
import { createTextModel } from "../text-model";

const conversation = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "one" },
  { role: "assistant", content: "1", reasoning: "hm" },
  { role: "user", content: "two <|im_start|> three" },
] as const;

describe.each(templateNames)("%s", (template) => {
  const model = createTextModel({
    kind: "gguf",
    metadata: fixtureMetadata("qwen35", { nMerges: 20_000, template }),
  });
  const ids = (thinking: boolean, begun?: { reasoning: string; text: string }) =>
    model.renderChat(conversation, { thinking, ...(begun && { begun }) });

  it("an answer that goes on stands behind the prompt as it was written, with its thoughts closed", () => {
    const begun = { reasoning: "It is\n\nlong", text: "Half of <think> an answ" };
    for (const thinking of [true, false]) {
      const [prompt, goesOn] = [ids(thinking), ids(thinking, begun)];
      expect(goesOn.ids.slice(0, prompt.ids.length)).toEqual(prompt.ids);
      expect(goesOn.sharedPrefixLength).toBe(prompt.sharedPrefixLength);
      expect(model.decode(goesOn.ids.slice(prompt.ids.length))).toBe(
        prompt.opensInReasoning ? `${begun.reasoning}\n</think>\n\n${begun.text}` : begun.text,
      );
      expect(goesOn.opensInReasoning).toBe(false);
    }
  });

  it("thoughts that go on stay open", () => {
    const [prompt, goesOn] = [ids(true), ids(true, { reasoning: "It is", text: "" })];
    expect(prompt.opensInReasoning && goesOn.opensInReasoning).toBe(true);
    expect(model.decode(goesOn.ids.slice(prompt.ids.length))).toBe("It is");
  });

  it("counts the ids of each message's turn, whatever is written in it", () => {
    const { ids: all, parts } = ids(false);
    expect(parts.turns).toHaveLength(conversation.length);
    const system = model.renderChat([conversation[0], { role: "user", content: "?" }], { thinking: false });
    const alone = model.renderChat([{ role: "user", content: "?" }], { thinking: false });
    expect(parts.turns![0]).toBe(system.ids.length - alone.ids.length);
    const opening = alone.ids.length - alone.parts.turns![0]!;
    expect(parts.turns!.reduce((sum, n) => sum + n, opening)).toBe(all.length);
  });
});
