import { useRef } from "react";
import { exportModel } from "../../../stores/models/export-model";
import { repairModel, useStorage, verifyModel, type Check } from "../../../stores/models/storage";
import type { StoredModel } from "../../../../worker/rpc/protocol/model";
import { DeleteModel } from "./DeleteModel";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { counted, formatBytes, formatDay } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { Meter } from "../../parts/charts/Meter";
import styles from "./Storage.module.css";

export function StoredModelRow({ model }: { model: StoredModel }) {
  const check = useStorage((s) => s.checks[model.id]);
  const isBusy = check?.phase === "checking" || check?.phase === "repairing";
  return (
    <article className={styles.row} aria-label={model.name}>
      <p>
        <strong>{model.name}</strong>
        <small>
          {model.fileName} · {formatBytes(model.sizeBytes)} ·{" "}
          {model.lastUsedAt === null ? "not used yet" : `used ${formatDay(model.lastUsedAt)}`}
        </small>
      </p>
      <div className={styles.rowActions}>
        {/* A file on the person's own disk is not ours to check, mend or copy. */}
        {model.origin.kind !== "in-place" && <StoredActions model={model} />}
        <DeleteModel model={model} trigger={<Button disabled={isBusy}>Delete</Button>} />
      </div>
      <div role="status">{check && <CheckLine check={check} model={model} />}</div>
    </article>
  );
}

function StoredActions({ model }: { model: StoredModel }) {
  const check = useStorage((s) => s.checks[model.id]);
  const isBusy = check?.phase === "checking" || check?.phase === "repairing";
  return (
    <>
      <Button disabled={isBusy} onClick={() => void verifyModel(model)}>
        Verify
      </Button>
      {check?.phase === "damaged" &&
        (model.origin.kind === "file" ? (
          <RepairFromFile model={model} />
        ) : (
          <Button look="solid" onClick={() => void repairModel(model)}>
            Repair
          </Button>
        ))}
      <Button disabled={isBusy} onClick={() => void exportModel(model)}>
        Save to disk
      </Button>
    </>
  );
}

/** Repairs a model that was copied from a file: only the person can give that again. */
function RepairFromFile({ model }: { model: StoredModel }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".gguf,.safetensors"
        multiple
        hidden
        aria-label={`The file of ${model.name} again`}
        onChange={({ target }) => void repairModel(model, [...(target.files ?? [])])}
      />
      <Button look="solid" onClick={() => picker.current!.click()}>
        Repair: pick {model.fileName} again…
      </Button>
    </>
  );
}

/** Returns whether the whole was compared with what its publisher says when it came. */
function wasPublished({ origin }: StoredModel): boolean {
  if (origin.kind === "hub")
    return origin.files.some(
      ({ path, sha256 }) => sha256 !== undefined && /\.(gguf|safetensors)$/i.test(path),
    );
  return origin.kind === "url" && origin.sha256 !== undefined;
}

function CheckLine({ check, model }: { check: Check; model: StoredModel }) {
  const { name } = model;
  switch (check.phase) {
    case "checking":
    case "repairing": {
      const title = check.phase === "checking" ? `Verifying ${name}` : `Repairing ${name}`;
      const figures = `${formatBytes(check.doneBytes)} of ${formatBytes(check.totalBytes)}`;
      return (
        <Meter
          role="progressbar"
          label={title}
          valueText={figures}
          value={check.doneBytes}
          max={check.totalBytes}
        />
      );
    }
    case "sound":
      return (
        <p>
          {check.nUnknown === 0
            ? `All ${counted(check.nParts, "part")} are as they were written.`
            : `All ${counted(check.nParts, "part")} can be read; ${check.nUnknown} have no checksum to compare with.`}
          {wasPublished(model)
            ? " When it was downloaded, the whole had the checksum that its publisher gives."
            : " Where it came from no checksum of the whole was given, so what was published could not be compared."}
        </p>
      );
    case "damaged":
      return <p className={styles.damage}>{describeDamage(check)}</p>;
    case "failed":
      return <ErrorNotice error={check.error} />;
    default:
      check satisfies never;
      throw new Error("unreachable");
  }
}

function describeDamage({ damagedParts, nParts }: Check & { phase: "damaged" }): string {
  const named = damagedParts.slice(0, 10).map((index) => index + 1);
  const more = damagedParts.length > named.length ? ` and ${damagedParts.length - named.length} more` : "";
  return damagedParts.length === 1
    ? `Part ${named[0]!} of ${nParts} is damaged.`
    : `Parts ${named.join(", ")}${more} of ${nParts} are damaged.`;
}
