import { discardModel } from "../stores/answer";
import { exportModel, repairModel, useStorage, verifyModel, type Check } from "../stores/storage";
import type { StoredModel } from "../worker/protocol";
import { ErrorNotice } from "./ErrorNotice";
import { formatBytes, formatDay } from "./format";
import { Button } from "./parts/Button";
import { Confirm } from "./parts/Confirm";
import { Meter } from "./parts/Meter";

export function StoredModelRow({ model }: { model: StoredModel }) {
  const check = useStorage((s) => s.checks[model.id]);
  const isBusy = check?.phase === "checking" || check?.phase === "repairing";
  return (
    <article className="storage-row" aria-label={model.name}>
      <p>
        <strong>{model.name}</strong>
        <small>
          {model.fileName} · {formatBytes(model.sizeBytes)} ·{" "}
          {model.lastUsedAt === null ? "not used yet" : `used ${formatDay(model.lastUsedAt)}`}
        </small>
      </p>
      <div className="storage-row-actions">
        <Button disabled={isBusy} onClick={() => void verifyModel(model)}>
          Verify
        </Button>
        {check?.phase === "damaged" && model.origin.kind !== "file" && (
          <Button look="solid" onClick={() => void repairModel(model)}>
            Repair
          </Button>
        )}
        <Button disabled={isBusy} onClick={() => void exportModel(model)}>
          Save to disk
        </Button>
        <Confirm
          trigger={<Button disabled={isBusy}>Delete</Button>}
          title={`Delete ${model.name}?`}
          text={`This frees ${formatBytes(model.sizeBytes)} on your disk. Your chats stay. To use the model again, it has to be stored again.`}
          action="Delete the model"
          onConfirm={() => void discardModel(model)}
        />
      </div>
      <div role="status">{check && <CheckLine check={check} name={model.name} />}</div>
    </article>
  );
}

function CheckLine({ check, name }: { check: Check; name: string }) {
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
            ? `All ${check.nParts} parts are as they were written.`
            : `All ${check.nParts} parts can be read; ${check.nUnknown} have no checksum to compare with.`}
        </p>
      );
    case "damaged":
      return <p className="storage-damage">{describeDamage(check)}</p>;
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
