import { t } from "../../../language/language";
import { changeModel } from "../../stores/chat/answer";
import { useEngine } from "../../stores/models/engine";
import { usePlans } from "../../stores/models/plans";
import type { MemoryPlan } from "../../../worker/rpc/protocol/load";
import { ContextLengthField } from "../models/plan/ContextLengthField";
import { MemoryMeter } from "../models/plan/MemoryMeter";
import { Button } from "../parts/buttons/Button";
import { counted, formatBytes } from "../parts/words/format";
import { KvTypeField } from "./KvTypeField";
import { MemoryBudgetField } from "./MemoryBudgetField";
import { Section } from "./Section";
import { YarnField } from "./YarnField";
import styles from "./Settings.module.css";

/** The context length with what it means for memory. */
export function MemorySection() {
  const status = useEngine((s) => s.status);
  const model = "model" in status ? status.model : null;
  const planned = usePlans((s) => (model === null ? undefined : s.plans[model.id]));
  const plan = planned?.phase === "known" ? planned.plan : null;
  const isUnloaded = status.phase !== "ready" && status.phase !== "loading";
  return (
    <Section name="memory" title={t("Memory")}>
      <ContextLengthField modelId={model?.id ?? null} />
      <KvTypeField modelId={model?.id ?? null} />
      <YarnField modelId={model?.id ?? null} />
      <MemoryBudgetField modelId={model?.id ?? null} />
      {plan && <MemoryConsequence plan={plan} />}
      {isUnloaded && plan && model && (
        <div className={styles.actions}>
          <Button look="solid" onClick={() => void changeModel(model, plan.contextLength)}>
            {t("Load the model with {tokens}", { tokens: counted(plan.contextLength, "token") })}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** The memory cost of the context length; the model panel shows the whole plan. */
function MemoryConsequence({ plan }: { plan: MemoryPlan }) {
  const cache = plan.rows.find((row) => row.kind === "KV cache")?.bytes ?? 0;
  return (
    <div>
      <p className={styles.memory}>
        {t("GPU memory: {total} of {budget}, of which the context takes {context}", {
          total: formatBytes(plan.totalBytes),
          budget: formatBytes(plan.budgetBytes),
          context: formatBytes(cache),
        })}
      </p>
      <MemoryMeter plan={plan} />
    </div>
  );
}
