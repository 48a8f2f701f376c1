import { useEngine } from "../../stores/models/engine";
import { changeModel } from "../../stores/chat/answer";
import { isLoadedAs, usePlans } from "../../stores/models/plans";
import { changeSettings, resetAnswering, useSettings } from "../../stores/settings/settings";
import { closeDialog, useView } from "../../stores/view";
import type { MemoryPlan } from "../../../worker/rpc/protocol/load";
import { ContextLengthField } from "../models/plan/ContextLengthField";
import { counted, formatBytes } from "../parts/words/format";
import { HubSettings } from "./HubSettings";
import { Int8Field } from "./Int8Field";
import { KvTypeField } from "./KvTypeField";
import { LanguageField } from "./LanguageField";
import { MemoryBudgetField } from "./MemoryBudgetField";
import { MemoryMeter } from "../models/plan/MemoryMeter";
import { Button } from "../parts/buttons/Button";
import { Field } from "../parts/fields/Field";
import { Sheet } from "../parts/Sheet";
import { SamplingFields } from "./SamplingFields";
import { ThemeField } from "./ThemeField";
import { TitlesField } from "./TitlesField";
import { ThinkingField } from "./ThinkingField";
import { YarnField } from "./YarnField";
import { TextArea } from "../parts/fields/Input";
import styles from "./Settings.module.css";

export function SettingsDialog() {
  const isOpen = useView((s) => s.dialog.kind === "settings");
  return (
    <Sheet
      title="Settings"
      description="Kept on this device; the next answer follows them."
      isOpen={isOpen}
      onClose={closeDialog}
    >
      <div className={styles.settings}>
        <SystemPromptField />
        <ContextSection />
        <section aria-labelledby="answers">
          <div className={styles.head}>
            <h3 id="answers">How it answers</h3>
            <Button look="quiet" onClick={resetAnswering}>
              Back to the model's own
            </Button>
          </div>
          <ThinkingField />
          <SamplingFields />
        </section>
        <HubSettings />
        <TitlesField />
        <LanguageField />
        <ThemeField />
      </div>
    </Sheet>
  );
}

function SystemPromptField() {
  const systemPrompt = useSettings((s) => s.systemPrompt);
  return (
    <Field
      label="System prompt"
      hint="Told to the model before every chat: who it should be, how it should write, what it should know."
    >
      {(id, hintId) => (
        <TextArea
          id={id}
          aria-describedby={hintId}
          placeholder="For example: Answer briefly, and in the language of the question."
          value={systemPrompt}
          onChange={({ target }) => changeSettings({ systemPrompt: target.value })}
        />
      )}
    </Field>
  );
}

/** The context length with what it means for memory, and a way to have it at once. */
function ContextSection() {
  const status = useEngine((s) => s.status);
  const model = "model" in status ? status.model : null;
  const planned = usePlans((s) => (model === null ? undefined : s.plans[model.id]));
  const plan = planned?.phase === "known" ? planned.plan : null;
  const isOther = plan !== null && (status.phase !== "ready" || !isLoadedAs(status.loaded, plan));
  return (
    <section className={styles.context}>
      <ContextLengthField modelId={model?.id ?? null} />
      <KvTypeField modelId={model?.id ?? null} />
      <YarnField modelId={model?.id ?? null} />
      <Int8Field modelId={model?.id ?? null} />
      <MemoryBudgetField modelId={model?.id ?? null} />
      {plan && <MemoryConsequence plan={plan} />}
      {isOther && model && status.phase !== "loading" && (
        <Button look="solid" onClick={() => void changeModel(model, plan.contextLength)}>
          Reload the model with {counted(plan.contextLength, "token")}
        </Button>
      )}
    </section>
  );
}

/** The memory cost of the context length; the model panel shows the whole plan. */
function MemoryConsequence({ plan }: { plan: MemoryPlan }) {
  const cache = plan.rows.find((row) => row.kind === "KV cache")?.bytes ?? 0;
  return (
    <div>
      <p className={styles.memory}>
        GPU memory: {formatBytes(plan.totalBytes)} of {formatBytes(plan.budgetBytes)}, of which the context
        takes {formatBytes(cache)}
      </p>
      <MemoryMeter plan={plan} />
    </div>
  );
}
