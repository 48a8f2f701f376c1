import { FileUp, FolderSearch, FolderUp, HardDrive } from "lucide-react";
import { useRef } from "react";
import { t } from "../../../language/language";
import { canUseFolderInPlace, pickDiskFolder } from "../../stores/models/disk";
import { addModelFolder, canUseInPlace, pickInPlace } from "../../stores/models/in-place";
import { addModel, addModelFiles, demoSource, useModels } from "../../stores/models/models";
import { DiskHint, DiskModels } from "./DiskModels";
import { FindModel } from "./hub/FindModel";
import { Button } from "../parts/buttons/Button";
import { RecommendedModels } from "./hub/RecommendedModels";
import { TransferAt } from "./TransferAt";
import styles from "./AddModel.module.css";

/**
 * The ways to a model: one that is recommended, any repository or link, a file, and the demo where that was
 * deleted.
 */
export function AddModel() {
  return (
    <section className={styles.addModel} aria-labelledby="add-model">
      <h3 id="add-model">{t("Add a model")}</h3>
      <p>
        {t(
          "A Qwen3.5, 3.6 or 3.8 model (0.8B to 27B) as GGUF or safetensors. What you write stays on this device; the model is kept here, so that the next visit needs no network.",
        )}
      </p>
      <RecommendedModels />
      <h4>{t("Another one from the hub, or from a link")}</h4>
      <FindModel />
      <h4>{t("One that is on this disk already")}</h4>
      <PickFiles />
      <DiskHint />
      <TransferAt place="files" />
      <DiskModels />
    </section>
  );
}

/** Every browser has it; React's types do not. */
const wholeFolder = { webkitdirectory: "" };

function PickFiles() {
  const hasDemo = useModels((s) => s.models.some((m) => m.origin.kind === "bundled"));
  const isBusy = useModels((s) => s.transfer.phase === "running");
  const picker = useRef<HTMLInputElement>(null);
  const folderPicker = useRef<HTMLInputElement>(null);
  const add = (input: HTMLInputElement, take: (files: readonly File[]) => void) => {
    take([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <div className={styles.files}>
      <input
        ref={picker}
        type="file"
        accept=".gguf,.safetensors,.json,.jinja"
        multiple
        hidden
        aria-label={t("Model file")}
        onChange={({ target }) => add(target, addModelFiles)}
      />
      <input
        ref={folderPicker}
        type="file"
        {...wholeFolder}
        hidden
        aria-label={t("Model folder")}
        onChange={({ target }) => add(target, addModelFolder)}
      />
      <Button disabled={isBusy} onClick={() => picker.current!.click()}>
        <FileUp size={16} aria-hidden /> {t("Pick a file…")}
      </Button>
      <Button disabled={isBusy} onClick={() => folderPicker.current!.click()}>
        <FolderUp size={16} aria-hidden /> {t("Pick a folder…")}
      </Button>
      {canUseInPlace && (
        <Button disabled={isBusy} onClick={() => void pickInPlace()}>
          <HardDrive size={16} aria-hidden /> {t("Use a file in place…")}
        </Button>
      )}
      {canUseFolderInPlace && (
        <Button disabled={isBusy} onClick={() => void pickDiskFolder()}>
          <FolderSearch size={16} aria-hidden /> {t("Use a folder in place…")}
        </Button>
      )}
      {!hasDemo && (
        <Button disabled={isBusy} onClick={() => void addModel(demoSource, "Demo", "files")}>
          {t("Add the demo model")}
        </Button>
      )}
      <span>{t("or drop one anywhere on the page.")}</span>
    </div>
  );
}
