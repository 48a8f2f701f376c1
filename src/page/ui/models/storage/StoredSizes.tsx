import { discardModel } from "../../../stores/chat/answer";
import { useModels } from "../../../stores/models/models";
import { discardUnfinished } from "../../../stores/models/storage";
import { formatBytes } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";

/**
 * The list of what could be deleted to make room: everything stored, with its size, the largest first. The
 * click is the person's choice.
 */
export function StoredSizes() {
  const models = useModels((s) => s.models);
  const unfinished = useModels((s) => s.unfinished);
  const entries = [
    ...models.map((model) => ({
      model,
      bytes: model.sizeBytes,
      label: model.name,
      remove: () => void discardModel(model),
    })),
    ...unfinished
      .filter(({ isActive }) => !isActive)
      .map((model) => ({
        model,
        bytes: model.receivedBytes,
        label: model.isDamaged ? model.name : t("{name} (unfinished)", { name: model.name }),
        remove: () => void discardUnfinished(model),
      })),
  ].toSorted((a, b) => b.bytes - a.bytes);
  if (entries.length === 0) return null;
  return (
    <div>
      <p>{t("Stored here:")}</p>
      <ul>
        {entries.map(({ model, bytes, label, remove }) => (
          <li key={model.id}>
            {label}, {formatBytes(bytes)}{" "}
            <Button
              aria-label={t("Delete {label}, {bytes}", { label, bytes: formatBytes(bytes) })}
              onClick={remove}
            >
              {t("Delete")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
