import { useEngine } from "../../stores/models/engine";
import { chooseForLoad, usePlans } from "../../stores/models/plans";
import { useSettings } from "../../stores/settings/settings";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { Field } from "../parts/fields/Field";
import { useReloadNote } from "../models/plan/use-reload-note";
import { Select } from "../parts/fields/Input";
import { mark, t } from "../../../language/language";

interface Props {
  /** The model that is planned anew; `null` when none is there. */
  modelId: ModelId | null;
}

const whatItIs = mark(
  "In 8 bits some devices read long documents faster, and answers can differ a little. Measure both on the bench page. Chats read before are read again.",
);

export function Int8Field({ modelId }: Props) {
  const note = useReloadNote("precision");
  const isChosen = useSettings((s) => s.int8);
  const device = useEngine((s) => s.device);
  const plan = usePlans((s) => (modelId === null ? undefined : s.plans[modelId]));
  const isRefused = isChosen && plan?.phase === "known" && plan.plan.precision !== "int8";
  const hint =
    device && !device.hasInt8Dot
      ? t("This browser does not multiply 8-bit numbers, so prompts are read as usual.")
      : isRefused
        ? t(
            "This model's weights are not whole numbers of 8 bits or fewer, so its prompts are read as usual.",
          )
        : t(whatItIs);
  return (
    <Field note={note} label={t("Reading prompts")} hint={hint}>
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={isChosen ? "int8" : "usual"}
          onChange={({ target }) => chooseForLoad({ int8: target.value === "int8" }, modelId)}
        >
          <option value="usual">
            {t("As usual{device}", {
              device: device && t(" ({part} bits)", { part: device.hasF16 ? 16 : 32 }),
            })}
          </option>
          <option value="int8">{t("In 8 bits")}</option>
        </Select>
      )}
    </Field>
  );
}
