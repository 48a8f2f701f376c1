import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { withChange, withSampling } from "../../../ground/answer-settings";
import { actOnNotice, useNotices } from "../notices";
import { addPreset, deletePreset, duplicatePreset } from "../settings/edit-presets";
import { presetOf } from "../settings/presets";
import { changeSettings, defaultSettings, editUsualAnswers, useSettings } from "../settings/settings";
import { newChat, startConversation, useChat } from "./chat";
import { answersOf, chatAnswers, choosePreset, editAnswers, layersUpTo, nearestLayer } from "./chat-answers";

beforeEach(() => {
  useSettings.setState(defaultSettings);
  useNotices.setState({ notices: [] });
  newChat();
});

const addTranslator = () => presetOf(addPreset("Translator", { systemPrompt: "Translate." }))!;

describe("a chat", () => {
  it("follows the usual settings, or its preset in their place, with its own over them", () => {
    editUsualAnswers(() => ({ systemPrompt: "Be brief.", thinking: false }));
    const id = startConversation("a");
    expect(layersUpTo({ kind: "chat", id }).preset).toEqual({ systemPrompt: "Be brief.", thinking: false });
    choosePreset(id, addTranslator());
    editAnswers({ kind: "chat", id }, (answers) => withSampling(answers, "topK", 5));
    expect(layersUpTo({ kind: "chat", id })).toEqual({
      preset: { systemPrompt: "Translate." },
      chat: { sampling: { topK: 5 } },
    });
    expect(useSettings.getState().systemPrompt).toBe("Be brief.");
  });

  it("takes along what was chosen for the new one, and the next new chat begins without it", () => {
    const preset = addTranslator();
    choosePreset(null, preset);
    editAnswers({ kind: "chat", id: null }, (answers) => withChange(answers, { thinking: true }));
    const id = startConversation("a");
    const taken = { preset: { id: preset.id, name: "Translator" }, answers: { thinking: true } };
    expect(chatAnswers(id)).toMatchObject(taken);
    expect(useChat.getState().summaries.find((chat) => chat.id === id)).toMatchObject(taken);
    expect(chatAnswers(null)).toEqual({});
  });

  it("begins with the preset that the settings name for new chats, unless another choice was made", () => {
    const preset = addTranslator();
    changeSettings({ newChatPreset: preset.id });
    expect(chatAnswers(null).preset).toEqual({ id: preset.id, name: "Translator" });
    choosePreset(null, null);
    expect(chatAnswers(null)).toEqual({});
    newChat();
    expect(chatAnswers(startConversation("a")).preset?.id).toBe(preset.id);
  });

  it("is what the switches change once it differs from the usual, and else the usual settings", () => {
    const id = startConversation("a");
    expect(nearestLayer(id)).toEqual({ kind: "usual" });
    editAnswers({ kind: "chat", id }, (answers) => withChange(answers, { systemPrompt: "" }));
    expect(nearestLayer(id)).toEqual({ kind: "chat", id });
    editAnswers({ kind: "chat", id }, (answers) => withChange(answers, { systemPrompt: undefined }));
    expect(nearestLayer(id)).toEqual({ kind: "usual" });
    choosePreset(id, addTranslator());
    expect(nearestLayer(id)).toEqual({ kind: "chat", id });
  });
});

describe("a preset", () => {
  it("that is deleted leaves its chats the usual settings and its name, until that is taken back", () => {
    editUsualAnswers(() => ({ systemPrompt: "Be brief." }));
    const [preset, other] = [addTranslator(), presetOf(addPreset("Other", {}))!];
    changeSettings({ newChatPreset: preset.id });
    const id = startConversation("a");
    deletePreset(preset);
    expect(layersUpTo({ kind: "chat", id }).preset).toEqual({ systemPrompt: "Be brief." });
    expect(chatAnswers(id).preset?.name).toBe("Translator");
    expect(useSettings.getState()).toMatchObject({ presets: [other], newChatPreset: null });
    actOnNotice(useNotices.getState().notices[0]!.id);
    expect(useSettings.getState()).toMatchObject({ presets: [preset, other], newChatPreset: preset.id });
    expect(layersUpTo({ kind: "chat", id }).preset).toEqual({ systemPrompt: "Translate." });
  });

  it("is duplicated behind itself, and each then has its own settings", () => {
    const preset = addTranslator();
    addPreset("Other", {});
    const copy = duplicatePreset(preset);
    editAnswers({ kind: "preset", id: copy }, () => ({ thinking: true }));
    expect(useSettings.getState().presets.map(({ name }) => name)).toEqual([
      "Translator",
      "Copy of Translator",
      "Other",
    ]);
    expect(answersOf({ kind: "preset", id: preset.id })).toEqual({ systemPrompt: "Translate." });
    expect(answersOf({ kind: "preset", id: copy })).toEqual({ thinking: true });
  });
});
