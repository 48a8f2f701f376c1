import { describe, expect, it } from "vitest";
import type { SamplingSettings } from "../../../ground/sampling";
import type { ModelDescription } from "../../../worker/rpc/protocol/model";
import { effectiveAnswers, originOf, type AnswerLayers } from "./answer-layers";

const answering: SamplingSettings = {
  temperature: 0.7,
  topK: 20,
  topP: 0.8,
  minP: 0,
  presencePenalty: 1.5,
  repetitionPenalty: 1,
  seed: null,
};

const model = (facts: Partial<ModelDescription> = {}): ModelDescription => ({
  name: "M",
  sizeBytes: 1,
  nParameters: 8e8,
  types: [],
  notes: [],
  nLayers: 24,
  hiddenSize: 1024,
  contextLength: 262_144,
  thinking: { supported: true, byDefault: true },
  modes: { efforts: ["low", "medium", "xhigh"], usualEffort: "xhigh", keepsThoughts: true },
  sampling: { answering, thinking: { ...answering, temperature: 1 }, card: "Qwen3.8", ofFile: ["topK"] },
  ...facts,
});

const layers = (of: Partial<AnswerLayers>): AnswerLayers => ({ model: model(), preset: {}, chat: {}, ...of });

describe("what an answer is written with", () => {
  it("is the model's own while nobody says otherwise", () => {
    expect(effectiveAnswers(layers({}))).toEqual({
      thinking: true,
      systemPrompt: "",
      sampling: { ...answering, temperature: 1 },
      maxNewTokens: null,
    });
    const silent = model({ thinking: { supported: true, byDefault: false } });
    expect(effectiveAnswers(layers({ model: silent })).thinking).toBe(false);
  });

  it("takes the sampling of the mode that the layers come to", () => {
    expect(effectiveAnswers(layers({ preset: { thinking: false } })).sampling).toEqual(answering);
    expect(
      effectiveAnswers(layers({ preset: { thinking: false }, chat: { thinking: true } })).sampling
        .temperature,
    ).toBe(1);
  });

  it("is the preset's over the model's, and the chat's own over both, value by value", () => {
    const preset = { systemPrompt: "Translate.", sampling: { temperature: 0, topK: 0 }, maxNewTokens: 64 };
    const chat = { systemPrompt: "", sampling: { topK: 5 } };
    expect(effectiveAnswers(layers({ preset, chat }))).toMatchObject({
      systemPrompt: "",
      sampling: { temperature: 0, topK: 5, topP: 0.8 },
      maxNewTokens: 64,
    });
  });

  it("has a seed of the preset, unless the chat wants a new one for every answer", () => {
    const preset = { sampling: { seed: 7 } };
    expect(effectiveAnswers(layers({ preset })).sampling.seed).toBe(7);
    expect(effectiveAnswers(layers({ preset, chat: { sampling: { seed: null } } })).sampling.seed).toBeNull();
  });

  it("asks a template for nothing that it does not know", () => {
    const preset = { thinking: true, effort: "low", keepsThoughts: false } as const;
    expect(effectiveAnswers(layers({ preset }))).toMatchObject(preset);
    const plain = model({
      thinking: { supported: false, byDefault: false },
      modes: { efforts: [], usualEffort: null, keepsThoughts: null },
    });
    const made = effectiveAnswers(layers({ model: plain, preset }));
    expect(made.thinking).toBe(false);
    expect(Object.keys(made).sort()).toEqual(["maxNewTokens", "sampling", "systemPrompt", "thinking"]);
    const other = { effort: "high" } as const; // of another model's template
    expect(effectiveAnswers(layers({ preset: other }))).not.toHaveProperty("effort");
  });

  it("ends after 256 tokens with a very small model, and with others only where someone says so", () => {
    const small = model({ nParameters: 6e6 });
    expect(effectiveAnswers(layers({ model: small })).maxNewTokens).toBe(256);
    expect(
      effectiveAnswers(layers({ model: small, preset: { maxNewTokens: "none" } })).maxNewTokens,
    ).toBeNull();
    expect(effectiveAnswers(layers({ chat: { maxNewTokens: 5 } })).maxNewTokens).toBe(5);
  });
});

it("the origin of a value is the uppermost layer that states it, and of the model's its file or its card", () => {
  const all = layers({
    preset: { thinking: false, sampling: { topP: 1, minP: 0 } },
    chat: { systemPrompt: "", sampling: { topP: 0.5, seed: null } },
  });
  const fields = [
    "systemPrompt",
    "thinking",
    "effort",
    "topP",
    "minP",
    "topK",
    "temperature",
    "seed",
  ] as const;
  expect(fields.map((field) => originOf(all, field))).toEqual([
    "chat",
    "preset",
    "model",
    "chat",
    "preset",
    "file",
    "model",
    "chat",
  ]);
});
