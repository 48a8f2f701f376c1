import { Globe } from "lucide-react";
import { choosePlanTarget, useInspectMemory } from "../../../stores/inspect-memory";
import { useModels } from "../../../stores/models";
import { publishedModels } from "../../../stores/recommended";
import type { PlanTarget } from "../../../worker/protocol";
import { Button } from "../../parts/Button";

/** Whose memory is looked at: a stored model or, by its published numbers, one of the family. */
export function PlanPicker() {
  const models = useModels((s) => s.models);
  const plan = useInspectMemory((s) => s.plan);
  const chosen = useInspectMemory((s) => s.chosen);
  const target = chosen ?? (plan.phase === "asking" ? null : plan.target);
  const repo = target && repoOf(target);
  return (
    <div className="plan-picker">
      <label>
        Memory of{" "}
        <select
          value={target ? valueOf(target) : ""}
          onChange={({ target: { value } }) => choosePlanTarget(targetOf(value))}
        >
          {models.length > 0 && (
            <optgroup label="Stored here">
              {models.map(({ id, name }) => (
                <option key={id} value={valueOf({ kind: "stored", id })}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="Not here: the published sizes, at 4 bits">
            {publishedModels.map(({ size, name }) => (
              <option key={size} value={valueOf({ kind: "published", size })}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {repo && target.kind === "published" && (
        <Button onClick={() => choosePlanTarget({ kind: "hub", repo })}>
          <Globe size={15} aria-hidden /> Ask the hub
        </Button>
      )}
    </div>
  );
}

const repoOf = (target: PlanTarget) =>
  publishedModels.find(({ size }) => target.kind === "published" && size === target.size)?.repo;

function valueOf(target: PlanTarget): string {
  switch (target.kind) {
    case "stored":
      return `stored ${target.id}`;
    case "published":
      return `published ${target.size}`;
    case "hub":
      return `published ${publishedModels.find(({ repo }) => repo === target.repo)?.size ?? ""}`;
    default:
      target satisfies never;
      throw new Error("unreachable");
  }
}

function targetOf(value: string): PlanTarget {
  const published = publishedModels.find(({ size }) => value === `published ${size}`);
  return published
    ? { kind: "published", size: published.size }
    : { kind: "stored", id: value.slice("stored ".length) };
}
