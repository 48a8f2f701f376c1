import { Code, Download, Image, Maximize2, Minimize2, RotateCcw, Workflow } from "lucide-react";
import { memo, useState } from "react";
import { CopyButton } from "../../parts/buttons/CopyButton";
import { IconButton } from "../../parts/buttons/IconButton";
import { CodeFrame } from "../code/CodeFrame";
import { CodeText } from "../code/CodeText";
import { saveText } from "../code/save-text";
import type { Picture } from "./clean-svg";
import { describeRefusal } from "./refusals";
import { useDiagram } from "./use-diagram";
import { t } from "../../../../language/language";
import styles from "./DiagramBlock.module.css";

interface Props {
  code: string;
  /** Its end has not come yet. */
  isOpen: boolean;
}

/** A diagram that Mermaid draws, with its source one click away; the source where it can not be drawn. */
export const DiagramBlock = memo(function DiagramBlock({ code, isOpen }: Props) {
  const [isSource, setIsSource] = useState(false);
  const [isFull, setIsFull] = useState(false);
  const { drawing, retry } = useDiagram(code, isOpen);
  const picture = drawing?.kind === "drawn" ? drawing : undefined;
  const refusal = drawing?.kind === "refused" ? drawing.refusal : undefined;
  const isDrawn = picture !== undefined && !isSource;
  const buttons = (
    <>
      {picture && (
        <IconButton
          label={isSource ? t("Show the diagram") : t("Show the source")}
          icon={isSource ? Workflow : Code}
          onClick={() => setIsSource(!isSource)}
        />
      )}
      {refusal?.kind === "not-loaded" && (
        <IconButton label={t("Draw the diagram")} icon={RotateCcw} onClick={retry} />
      )}
      {isDrawn && (
        <>
          <IconButton
            label={isFull ? t("Fit to the width") : t("Show at full size")}
            icon={isFull ? Minimize2 : Maximize2}
            aria-pressed={isFull}
            onClick={() => setIsFull(!isFull)}
          />
          <IconButton
            label={t("Download as diagram.svg")}
            icon={Image}
            onClick={() => saveText(picture.svg, "diagram.svg", "image/svg+xml")}
          />
        </>
      )}
      <IconButton
        label={t("Download as diagram.mmd")}
        icon={Download}
        onClick={() => saveText(code, "diagram.mmd")}
      />
      <CopyButton label={t("Copy the source")} text={code} />
    </>
  );
  return (
    <CodeFrame language="mermaid" buttons={buttons}>
      {refusal && (
        <p className={styles.refusal} role="status">
          {describeRefusal(refusal)}
        </p>
      )}
      {isDrawn ? (
        <DiagramPicture picture={picture} isFull={isFull} />
      ) : (
        <CodeText language="mermaid" code={code} isWrapped={false} />
      )}
    </CodeFrame>
  );
});

/** The drawing as a picture: nothing in one runs, and nothing is fetched for it. */
function DiagramPicture({
  picture: { svg, width, height, name },
  isFull,
}: {
  picture: Picture;
  isFull: boolean;
}) {
  return (
    // It scrolls at full size, so the keyboard has to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.drawing} role="group" aria-label={t("Diagram")} tabIndex={0}>
      <img
        className={isFull ? undefined : styles.fitted}
        src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
        width={Math.ceil(width)}
        height={Math.ceil(height)}
        alt={name}
      />
    </div>
  );
}
