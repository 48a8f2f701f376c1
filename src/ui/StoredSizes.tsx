import { useModels } from "../stores/models";
import { openModels } from "../stores/plans";
import { formatBytes } from "./format";
import { Button } from "./parts/Button";

/** What could be deleted to make room: every stored model with its size, the largest first. */
export function StoredSizes() {
  const models = useModels((s) => s.models);
  if (models.length === 0) return null;
  return (
    <div>
      <p>Stored here:</p>
      <ul>
        {models
          .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
          .map((model) => (
            <li key={model.id}>
              {model.name}, {formatBytes(model.sizeBytes)}
            </li>
          ))}
      </ul>
      <Button onClick={() => openModels(models[0]!.id)}>Delete a model</Button>
    </div>
  );
}
