import { longestContext } from "../../../../ground/yarn";
import { usePlans, chooseForLoad } from "../../../stores/models/plans";
import { useSettings } from "../../../stores/settings/settings";
import type { ModelId } from "../../../../worker/rpc/protocol/model";
import { formatCount } from "../../parts/words/format";
import { Field } from "../../parts/fields/Field";
import { useReloadNote } from "./use-reload-note";
import { Select } from "../../parts/fields/Input";
import { t } from "../../../../language/language";

interface Props {
  /** The model whose limit and plan it is about; `null` when none is there. */
  modelId: ModelId | null;
}

export function ContextLengthField({ modelId }: Props) {
  const note = useReloadNote("contextLength");
  const chosen = useSettings((s) => s.contextLength);
  const plan = usePlans((s) => (modelId === null ? undefined : s.plans[modelId]));
  const known = plan?.phase === "known" ? plan : null;
  const yarn = useSettings((s) => s.yarn);
  const longest = longestContext(known?.description.contextLength ?? 262_144, yarn);
  const auto = chosen === null && known ? ` (${formatCount(known.plan.contextLength)})` : "";
  return (
    <Field
      note={note}
      label={t("Context length")}
      hint={t(
        "How much of a chat and its documents the model can hold, in tokens; a token is about three quarters of a word. A longer context takes more GPU memory.",
      )}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={chosen ?? "auto"}
          onChange={({ target }) =>
            chooseForLoad({ contextLength: target.value === "auto" ? null : Number(target.value) }, modelId)
          }
        >
          <option value="auto">{t("Automatic{auto}", { auto })}</option>
          {lengthsUpTo(longest, chosen).map((length) => (
            <option key={length} value={length}>
              {formatCount(length)}
              {length > longest && t(" (this model: {longest})", { longest: formatCount(longest) })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Powers of two up to the model's own limit, with that limit and the length chosen before. */
function lengthsUpTo(longest: number, chosen: number | null): readonly number[] {
  const lengths = new Set<number>();
  for (let length = 1024; length < longest; length *= 2) lengths.add(length);
  lengths.add(longest);
  if (chosen !== null) lengths.add(chosen);
  return [...lengths].sort((a, b) => a - b);
}
