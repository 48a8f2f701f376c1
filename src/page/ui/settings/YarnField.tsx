import { longestContext, yarnFactors } from "../../../ground/yarn";
import { chooseForLoad, usePlans } from "../../stores/models/plans";
import { useSettings } from "../../stores/settings/settings";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { counted } from "../parts/words/format";
import { Field } from "../parts/fields/Field";
import { useReloadNote } from "../models/plan/use-reload-note";
import { Select } from "../parts/fields/Input";
import { t } from "../../../language/language";

interface Props {
  /** The model whose own limit is shown; `null` when none is there. */
  modelId: ModelId | null;
}

export function YarnField({ modelId }: Props) {
  const note = useReloadNote("yarn");
  const chosen = useSettings((s) => s.yarn);
  const plan = usePlans((s) => (modelId === null ? undefined : s.plans[modelId]));
  const own = plan?.phase === "known" ? plan.description.contextLength : 262_144;
  return (
    <Field
      note={note}
      label={t("Past the model's own context")}
      hint={t(
        "Stretches positions (YaRN), so that a context longer than the model was trained for makes sense to it. It can make answers to short chats worse: leave it off unless you need the length.",
      )}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={chosen ?? "off"}
          onChange={({ target }) =>
            chooseForLoad(
              { yarn: yarnFactors.find((factor) => String(factor) === target.value) ?? null },
              modelId,
            )
          }
        >
          <option value="off">{t("Off: up to {tokens}", { tokens: counted(own, "token") })}</option>
          {yarnFactors.map((factor) => (
            <option key={factor} value={factor}>
              {t("{factor} times: up to {tokens}", {
                factor,
                tokens: counted(longestContext(own, factor), "token"),
              })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
