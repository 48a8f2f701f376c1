import { kvTypes, type KvType } from "../../../ground/kv-type";
import { chooseForLoad, usePlans } from "../../stores/models/plans";
import { useSettings } from "../../stores/settings/settings";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { Field } from "../parts/fields/Field";
import { useReloadNote } from "../models/plan/use-reload-note";
import { Select } from "../parts/fields/Input";
import { t } from "../../../language/language";

interface Props {
  /** The model whose plan says what "automatic" is; `null` when none is there. */
  modelId: ModelId | null;
}

const names: Readonly<Record<KvType, string>> = { f16: "16 bits", q8: "8 bits" };

export function KvTypeField({ modelId }: Props) {
  const note = useReloadNote("kv");
  const chosen = useSettings((s) => s.kv);
  const plan = usePlans((s) => (modelId === null ? undefined : s.plans[modelId]));
  const automatic = chosen === null && plan?.phase === "known" ? ` (${names[plan.plan.kv]})` : "";
  return (
    <Field
      note={note}
      label={t("Memory of the context")}
      hint={t(
        "How exactly the model keeps what it has read. 8 bits take about half the memory of 16; answers change very little. Automatic takes 8 bits for contexts of 8,192 tokens and more.",
      )}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={chosen ?? "auto"}
          onChange={({ target }) =>
            chooseForLoad({ kv: kvTypes.find((type) => type === target.value) ?? null }, modelId)
          }
        >
          <option value="auto">{t("Automatic{automatic}", { automatic })}</option>
          {kvTypes.map((type) => (
            <option key={type} value={type}>
              {names[type]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
