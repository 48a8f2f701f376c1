import { choosePlanTarget, useInspectMemory } from "../../../stores/inspect/inspect-memory";
import { useModels } from "../../../stores/models/models";
import { publishedModels } from "../../../stores/models/recommended";
import type { PlanTarget } from "../../../../worker/rpc/protocol/inspect";
import { PlanRepository } from "./PlanRepository";
import { t } from "../../../../language/language";
import { rich } from "../../parts/words/rich";
import styles from "../Inspect.module.css";

/**
 * Whose memory is looked at: a stored model, by its published numbers one of the family, or what a repository
 * of the hub holds.
 */
export function PlanPicker() {
  const models = useModels((s) => s.models);
  const plan = useInspectMemory((s) => s.plan);
  const chosen = useInspectMemory((s) => s.chosen);
  const target = chosen ?? (plan.phase === "asking" ? null : plan.target);
  return (
    <div className={styles.planPicker}>
      <label>
        {rich("Memory of {select}", {
          select: (
            <select
              value={target ? valueOf(target) : ""}
              onChange={({ target: { value } }) => choosePlanTarget(targetOf(value))}
            >
              {models.length > 0 && (
                <optgroup label={t("Stored here")}>
                  {models.map(({ id, name }) => (
                    <option key={id} value={valueOf({ kind: "stored", id })}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label={t("Not here: the published sizes, at 4 bits")}>
                {publishedModels.map(({ size, name }) => (
                  <option key={size} value={valueOf({ kind: "published", size })}>
                    {name}
                  </option>
                ))}
              </optgroup>
              {target?.kind === "hub" && (
                <optgroup label={t("On the hub")}>
                  <option value={valueOf(target)}>{target.repo}</option>
                </optgroup>
              )}
            </select>
          ),
        })}
      </label>
      {target && target.kind !== "stored" && <PlanRepository key={valueOf(target)} repo={repoOf(target)} />}
    </div>
  );
}

function repoOf(target: Exclude<PlanTarget, { kind: "stored" }>): string {
  if (target.kind === "hub") return target.repo;
  return publishedModels.find(({ size }) => size === target.size)?.repo ?? "";
}

function valueOf(target: PlanTarget): string {
  switch (target.kind) {
    case "stored":
      return `stored ${target.id}`;
    case "published":
      return `published ${target.size}`;
    case "hub":
      return `hub ${target.repo}`;
    default:
      target satisfies never;
      throw new Error("unreachable");
  }
}

function targetOf(value: string): PlanTarget {
  const published = publishedModels.find(({ size }) => value === `published ${size}`);
  if (published) return { kind: "published", size: published.size };
  return value.startsWith("hub ")
    ? { kind: "hub", repo: value.slice("hub ".length) }
    : { kind: "stored", id: value.slice("stored ".length) };
}
