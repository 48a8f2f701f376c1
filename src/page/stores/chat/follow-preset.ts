import { t } from "../../../language/language";
import { loadedModelId } from "../models/engine";
import { useModels } from "../models/models";
import { notify } from "../notices";
import type { Preset } from "../settings/settings";
import { changeModel } from "./answer";
import { choosePreset } from "./chat-answers";

/** Has a chat follow a preset from now on, `null` for the usual settings, and loads the preset's model. */
export function followPreset(chatId: string | null, preset: Preset | null): void {
  choosePreset(chatId, preset);
  const wanted = preset?.model;
  if (!wanted || wanted.id === loadedModelId()) return;
  const stored = useModels.getState().models.find(({ id }) => id === wanted.id);
  if (stored) return void changeModel(stored, null);
  const values = { model: wanted.name, preset: preset.name };
  notify(t("{model}, the model of “{preset}”, is not stored here: the loaded one answers.", values), {
    tone: "warning",
  });
}
