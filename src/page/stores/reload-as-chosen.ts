import { t } from "../../language/language";
import { changeModel, isAnswering } from "./chat/answer";
import { useChat } from "./chat/chat";
import { follow } from "./follow";
import { fits, planModel, useEngine } from "./models/engine";
import { isLoadedAs } from "./models/plans";
import { notify } from "./notices";
import { asWireError } from "./wire-error";

/** Loads the model again where it is loaded otherwise than the settings have it; not while it answers. */
export async function reloadAsChosen(): Promise<void> {
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
