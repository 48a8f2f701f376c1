import { useEffect, useState } from "react";
import { addDropped } from "../../stores/models/in-place";
import { t } from "../../../language/language";
import styles from "./DropZone.module.css";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** On a page that takes no files, one that is dropped would be opened by the browser in the page's place. */
export function NoDropZone() {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
    };
    addEventListener("dragover", refuse);
    addEventListener("drop", refuse);
    return () => {
      removeEventListener("dragover", refuse);
      removeEventListener("drop", refuse);
    };
  }, []);
  return null;
}

/** Documents, and model files, may be dropped anywhere on the page. */
export function DropZone() {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      if (event.dataTransfer) void addDropped(event.dataTransfer);
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, []);

  return (
    isOver && <div className={styles.dropZone}>{t("Drop documents to ask about, or a model to use")}</div>
  );
}
