import { t } from "../../../../language/language";
import { identityOf, type LoadIdentity } from "../../../../worker/rpc/protocol/load-identity";
import { useChat } from "../../../stores/chat/chat";
import { useEngine } from "../../../stores/models/engine";
import { usePlans } from "../../../stores/models/plans";

/** Says that a choice waits for the model to be loaded again; undefined where it is loaded with it. */
export function useReloadNote(choice: keyof LoadIdentity): string | undefined {
  const status = useEngine((s) => s.status);
  const planned = usePlans((s) => (status.phase === "ready" ? s.plans[status.model.id] : undefined));
  const isAnswering = useChat((s) => s.generation.phase === "running");
  if (status.phase !== "ready" || planned?.phase !== "known") return undefined;
  const { id, plan } = status.loaded;
  if (identityOf(id, plan)[choice] === identityOf(id, planned.plan)[choice]) return undefined;
  return isAnswering
    ? t("The model is loaded again for this once you close the settings and the answer is written.")
    : t("The model is loaded again for this when you close the settings.");
}
