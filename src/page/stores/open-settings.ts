import { t } from "../../language/language";
import type { ModelId } from "../../worker/rpc/protocol/model";
import { changeModel, isAnswering } from "./chat/answer";
import { useChat } from "./chat/chat";
import { follow } from "./follow";
import { fits, planModel, useEngine } from "./models/engine";
import { isLoadedAs, requestPlan } from "./models/plans";
import { notify } from "./notices";
import type { AnswersLayer } from "./settings/answer-layers";
import { useSettings } from "./settings/settings";
import { asWireError } from "./wire-error";
import { openDialog, useView } from "./view";

/**
 * Opens the settings, those of one layer of answers where it is named. Once they are left, the model is
 * loaded again where what was changed asks for it: one time, whatever was changed.
 */
export function openSettings(modelId: ModelId | null, layer?: AnswersLayer): void {
  const before = choicesForLoad();
  openDialog({ kind: "settings", ...(layer && { layer }) });
  if (modelId !== null) void requestPlan(modelId);
  const end = follow(
    useView,
    ({ dialog }) => dialog.kind,
    () => {
      end();
      if (choicesForLoad() !== before) void reloadAsChosen();
    },
  );
}

/** The settings that a load depends on, as text. */
function choicesForLoad(): string {
  const { contextLength, memoryBudget, kv, yarn, int8, quantize } = useSettings.getState();
  return JSON.stringify([contextLength, memoryBudget, kv, yarn, int8, quantize]);
}

/** Loads the model again where it is loaded otherwise than the settings have it; not while it answers. */
async function reloadAsChosen(): Promise<void> {
  const { status } = useEngine.getState();
  if (status.phase !== "ready") return;
  try {
    const { plan } = await planModel(status.model.id);
    await untilAnswered();
    if (useEngine.getState().status !== status || isLoadedAs(status.loaded, plan)) return;
    if (fits(plan)) return await changeModel(status.model, plan.contextLength);
    const warning = t(
      "{name} stays loaded as it was: with the new settings it needs more memory than it may take.",
      { name: status.model.name },
    );
    notify(warning, { tone: "warning" });
  } catch (cause) {
    notify(asWireError(cause).message, { tone: "warning" });
  }
}

function untilAnswered(): Promise<void> {
  if (!isAnswering()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = follow(
      useChat,
      ({ generation }) => generation.phase,
      (phase) => {
        if (phase !== "none") return;
        end();
        resolve();
      },
    );
  });
}
