import { changeModel } from "../../stores/chat/answer";
import { useEngine } from "../../stores/models/engine";
import { isLoadedAs, usePlans } from "../../stores/models/plans";
import type { MemoryPlan } from "../../../worker/rpc/protocol/load";
import type { ModelDescription, StoredModel } from "../../../worker/rpc/protocol/model";
import { ContextLengthField } from "./plan/ContextLengthField";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { counted, formatCount, formatParameters, formatShare } from "../parts/words/format";
import { describeLoadTimes } from "./load-report";
import { HubUpdate } from "./hub/HubUpdate";
import { MemoryPlanTable } from "./plan/MemoryPlanTable";
import { QuantizeField } from "./plan/QuantizeField";
import { TranscodedTable } from "./plan/TranscodedTable";
import { Button } from "../parts/buttons/Button";
import { t } from "../../../language/language";
import styles from "./ModelDetails.module.css";

interface Props {
  model: StoredModel;
}

export function ModelDetails({ model }: Props) {
  const plan = usePlans((s) => s.plans[model.id]);
  if (plan === undefined || plan.phase === "asking")
    return <p className={styles.facts}>{t("Reading the file's header…")}</p>;
  if (plan.phase === "failed")
    return (
      <div className={styles.failed}>
        <ErrorNotice error={plan.error} />
      </div>
    );
  return (
    <div className={styles.details}>
      <Facts description={plan.description} />
      {plan.description.notes.map((note) => (
        <p key={note} className={styles.facts}>
          {note}
        </p>
      ))}
      <ContextLengthField modelId={model.id} />
      {plan.plan.quantize && <QuantizeField modelId={model.id} plan={plan.plan.quantize} />}
      <MemoryPlanTable plan={plan.plan} />
      <TranscodedTable transcoded={plan.plan.transcoded} />
      <HubUpdate model={model} />
      <LoadButton model={model} plan={plan.plan} />
    </div>
  );
}

function Facts({ description: d }: { description: ModelDescription }) {
  const types = d.types.slice(0, 3).map(([type, share]) => `${type} ${formatShare(share)}`);
  return (
    <p className={styles.facts}>
      {t("{nParameters} parameters in {layers} of {hiddenSize} · {types} · made for {tokens}{supported}", {
        nParameters: formatParameters(d.nParameters),
        layers: counted(d.nLayers, "layer"),
        hiddenSize: formatCount(d.hiddenSize),
        types: types.join(", "),
        tokens: counted(d.contextLength, "token"),
        supported: d.thinking.supported && t(" · can think first"),
      })}
    </p>
  );
}

function LoadButton({ model, plan }: Props & { plan: MemoryPlan }) {
  const status = useEngine((s) => s.status);
  const isThis = "model" in status && status.model?.id === model.id;
  if (isThis && status.phase === "loading") return null;
  const isLoaded = isThis && status.phase === "ready";
  const { contextLength } = plan;
  if (isLoaded && isLoadedAs(status.loaded, plan))
    return (
      <>
        <p className={styles.facts}>{t("Loaded as chosen here.")}</p>
        <p className={styles.facts}>{describeLoadTimes(status.loaded)}</p>
      </>
    );
  return (
    <Button look="solid" onClick={() => void changeModel(model, contextLength)}>
      {isLoaded
        ? t("Reload with {tokens}", { tokens: counted(contextLength, "token") })
        : t("Load this model")}
    </Button>
  );
}
