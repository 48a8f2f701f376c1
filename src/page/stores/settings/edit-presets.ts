import type { AnswerSettings } from "../../../ground/answer-settings";
import { t } from "../../../language/language";
import { notify } from "../notices";
import { editSettings, useSettings, type Preset } from "./settings";

/** Adds a preset. @returns its id */
export function addPreset(name: string, answers: AnswerSettings, model: Preset["model"] = null): string {
  const id = crypto.randomUUID();
  editSettings(({ presets }) => ({ presets: [...presets, { id, name, answers, model }] }));
  return id;
}

/** Adds a copy, right behind the preset. @returns the copy's id */
export function duplicatePreset({ id, name, answers, model }: Preset): string {
  const copy: Preset = { id: crypto.randomUUID(), name: t("Copy of {name}", { name }), answers, model };
  editSettings(({ presets }) => ({
    presets: presets.flatMap((preset) => (preset.id === id ? [preset, copy] : [preset])),
  }));
  return copy.id;
}

/**
 * Deletes a preset, and offers for a while to take that back. Chats that follow it follow the usual settings.
 */
export function deletePreset(preset: Preset): void {
  const { presets, newChatPreset } = useSettings.getState();
  const at = presets.findIndex(({ id }) => id === preset.id);
  const isForNew = newChatPreset === preset.id;
  editSettings((settings) => ({
    presets: settings.presets.filter(({ id }) => id !== preset.id),
    ...(isForNew && { newChatPreset: null }),
  }));
  const putBack = () =>
    editSettings((settings) => ({
      presets: settings.presets.some(({ id }) => id === preset.id)
        ? settings.presets
        : settings.presets.toSpliced(at, 0, preset),
      ...(isForNew && settings.newChatPreset === null && { newChatPreset: preset.id }),
    }));
  notify(t("Deleted the preset “{name}”.", { name: preset.name }), {
    action: { label: t("Undo"), run: putBack },
  });
}
