import type { ModelId } from "../../worker/rpc/protocol/model";
import { follow } from "./follow";
import { requestPlan } from "./models/plans";
import type { AnswersLayer } from "./settings/answer-layers";
import { useSettings } from "./settings/settings";
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
      if (choicesForLoad() !== before) void import("./reload-as-chosen").then((it) => it.reloadAsChosen());
    },
  );
}

/** The settings that a load depends on, as text. */
function choicesForLoad(): string {
  const { contextLength, memoryBudget, kv, yarn, int8, quantize } = useSettings.getState();
  return JSON.stringify([contextLength, memoryBudget, kv, yarn, int8, quantize]);
}
