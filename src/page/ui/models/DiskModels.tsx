import { FolderSearch, X } from "lucide-react";
import { useState } from "react";
import { mark, t } from "../../../language/language";
import { addDiskModel, closeDisk, useDisk, type DiskLook } from "../../stores/models/disk";
import { useModels } from "../../stores/models/models";
import type { DiskModel } from "../../../worker/rpc/protocol/disk";
import { Button } from "../parts/buttons/Button";
import { IconButton } from "../parts/buttons/IconButton";
import { Hint } from "../parts/fields/Hint";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { counted, formatBytes } from "../parts/words/format";
import { MemoryAt } from "./plan/MemoryAt";
import styles from "./hub/Hub.module.css";

/** The models of a folder that the person picked: by name, each with the button that uses it. */
export function DiskModels() {
  const look = useDisk((s) => s.look);
  if (look.phase === "none") return null;
  return (
    <section className={styles.hubFiles} aria-label={t("Models in {folder}", { folder: look.folder })}>
      <header>
        <h4>{t("Models in “{folder}”", { folder: look.folder })}</h4>
        <IconButton label={t("Put {name} away", { name: look.folder })} icon={X} onClick={closeDisk} />
      </header>
      <div role="status">{describe(look)}</div>
      {look.phase === "failed" && <ErrorNotice error={look.error} />}
      {look.phase === "found" && <Found look={look} />}
    </section>
  );
}

function describe(look: DiskLook): string {
  switch (look.phase) {
    case "none":
    case "failed":
      return "";
    case "looking":
      return t("Looking through the folder… {files} so far.", { files: counted(look.nFiles, "file") });
    case "found": {
      const { models } = look.listing;
      if (models.length === 0) return t(noModels);
      const count = counted(models.length, "model");
      return look.isInPlace
        ? t("{models}. They are read where they lie: nothing is copied.", { models: count })
        : t(
            "{models}. This browser does not let a page read a folder where it lies, so what you use is copied into its storage.",
            { models: count },
          );
    }
    default:
      look satisfies never;
      throw new Error("unreachable");
  }
}

const noModels = mark(
  "No model is in this folder. Pick the one that holds Ollama's “manifests” and “blobs”, LM Studio's models, or the hub's “models--…” folders.",
);

function Found({ look: { listing, isInPlace } }: { look: DiskLook & { phase: "found" } }) {
  return (
    <>
      <ul>
        {listing.models.map((model) => (
          <DiskModelRow key={model.files.join()} model={model} isInPlace={isInPlace} />
        ))}
      </ul>
      {listing.leftOut.length > 0 && (
        <details>
          <summary>
            {t("What can not be used from here ({count})", { count: listing.leftOut.length })}
          </summary>
          <ul className={styles.hubAside}>
            {listing.leftOut.map(({ name, reason }) => (
              <li key={name}>
                <strong>{name}</strong>: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function DiskModelRow({ model, isInPlace }: { model: DiskModel; isInPlace: boolean }) {
  const isBusy = useModels((s) => s.transfer.phase === "running");
  // Two models of one shape and type can have one length: only the same name says that it is the same one.
  const isLike = useModels((s) => s.models.some(({ sizeBytes }) => sizeBytes === model.sizeBytes));
  const isHere = useModels((s) =>
    s.models.some(({ name, sizeBytes }) => name === model.name && sizeBytes === model.sizeBytes),
  );
  const [isAdding, setIsAdding] = useState(false);
  const add = async () => {
    setIsAdding(true);
    await addDiskModel(model);
    setIsAdding(false);
  };
  const verb = isInPlace ? t("Use it") : t("Copy and use it");
  return (
    <li className={styles.hubModel} data-refused={model.refusal !== null || undefined}>
      <div className={styles.hubModelLine}>
        <div className={styles.hubModelText}>
          <p className={styles.hubModelTitle}>
            <strong>{model.name}</strong> {formatBytes(model.sizeBytes)}
          </p>
          <p>
            {model.refusal ?? `${model.where}.`}{" "}
            {isLike && !isHere && t("A model of the same length to the byte is on the list.")}
          </p>
          <MemoryAt memory={model.memory} />
        </div>
        {model.refusal === null && (
          <Button
            look={isLike ? "plain" : "solid"}
            disabled={isBusy || isHere || isAdding}
            aria-label={isHere ? t("{name} is on the list", { name: model.name }) : `${verb}: ${model.name}`}
            onClick={() => void add()}
          >
            {isHere ? t("On the list") : verb}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Says which folders are understood, beside the buttons that pick one. */
export function DiskHint() {
  return (
    <Hint>
      <FolderSearch size={14} aria-hidden />{" "}
      {t(
        "Models that Ollama ({ollama}), LM Studio ({lmStudio}) or the hub's tools ({hub}) have downloaded are listed by name.",
        { ollama: "~/.ollama/models", lmStudio: "~/.lmstudio/models", hub: "~/.cache/huggingface/hub" },
      )}
    </Hint>
  );
}
