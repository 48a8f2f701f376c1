import { useRef } from "react";
import { exportModel } from "../../../stores/models/export-model";
import { repairModel, useStorage, verifyModel, type Check } from "../../../stores/models/storage";
import type { StoredModel } from "../../../../worker/rpc/protocol/model";
import { DeleteModel } from "./DeleteModel";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { counted, formatBytes, formatDay } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { Meter } from "../../parts/charts/Meter";
import { t } from "../../../../language/language";
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
          {model.lastUsedAt === null
            ? t("not used yet")
            : t("used {lastUsedAt}", { lastUsedAt: formatDay(model.lastUsedAt) })}
        </small>
      </p>
      <div className={styles.rowActions}>
        {/* A file on the person's own disk is not ours to check, mend or copy. */}
        {model.origin.kind !== "in-place" && <StoredActions model={model} />}
        <DeleteModel model={model} trigger={<Button disabled={isBusy}>{t("Delete")}</Button>} />
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
        {t("Verify")}
      </Button>
      {check?.phase === "damaged" &&
        (model.origin.kind === "file" ? (
          <RepairFromFile model={model} />
        ) : (
          <Button look="solid" onClick={() => void repairModel(model)}>
            {t("Repair")}
          </Button>
        ))}
      <Button disabled={isBusy} onClick={() => void exportModel(model)}>
        {t("Save to disk")}
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
        aria-label={t("The file of {name} again", { name: model.name })}
        onChange={({ target }) => void repairModel(model, [...(target.files ?? [])])}
      />
      <Button look="solid" onClick={() => picker.current!.click()}>
        {t("Repair: pick {fileName} again…", { fileName: model.fileName })}
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
      const title =
        check.phase === "checking" ? t("Verifying {name}", { name }) : t("Repairing {name}", { name });
      const figures = t("{doneBytes} of {totalBytes}", {
        doneBytes: formatBytes(check.doneBytes),
        totalBytes: formatBytes(check.totalBytes),
      });
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
            ? t("All {parts} are as they were written.", { parts: counted(check.nParts, "part") })
            : t("All {parts} can be read; {nUnknown} have no checksum to compare with.", {
                parts: counted(check.nParts, "part"),
                nUnknown: check.nUnknown,
              })}
          {wasPublished(model)
            ? t(" When it was downloaded, the whole had the checksum that its publisher gives.")
            : t(
                " Where it came from no checksum of the whole was given, so what was published could not be compared.",
              )}
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
  const more =
    damagedParts.length > named.length
      ? t(" and {nDamagedParts} more", { nDamagedParts: damagedParts.length - named.length })
      : "";
  return damagedParts.length === 1
    ? t("Part {named} of {nParts} is damaged.", { named: named[0]!, nParts })
    : t("Parts {named}{more} of {nParts} are damaged.", { named: named.join(", "), more, nParts });
}
