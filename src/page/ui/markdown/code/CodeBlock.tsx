import { Download, Eye, WrapText } from "lucide-react";
import { memo, useState } from "react";
import { CopyButton } from "../../parts/buttons/CopyButton";
import { IconButton } from "../../parts/buttons/IconButton";
import { CodeFrame } from "./CodeFrame";
import { CodeText } from "./CodeText";
import { fileNameOf } from "./file-name";
import { Preview } from "./Preview";
import { saveText } from "./save-text";
import { t } from "../../../../language/language";

interface Props {
  /** The language that the fence names; may be "". */
  language: string;
  code: string;
}

/** Code with its language, and with buttons that copy it, save it and break its lines. */
export const CodeBlock = memo(function CodeBlock({ language, code }: Props) {
  const [isPreviewed, setIsPreviewed] = useState(false);
  const canBePreviewed = /^(?:html?|svg)$/i.test(language);
  const [isWrapped, setIsWrapped] = useState(false);
  const buttons = (
    <>
      {canBePreviewed && (
        <IconButton
          label={isPreviewed ? t("Close the preview") : t("Preview")}
          icon={Eye}
          aria-pressed={isPreviewed}
          onClick={() => setIsPreviewed(!isPreviewed)}
        />
      )}
      <IconButton
        label={isWrapped ? t("Do not wrap long lines") : t("Wrap long lines")}
        icon={WrapText}
        aria-pressed={isWrapped}
        onClick={() => setIsWrapped(!isWrapped)}
      />
      <IconButton
        label={t("Download as {name}", { name: fileNameOf(language) })}
        icon={Download}
        onClick={() => saveText(code, fileNameOf(language))}
      />
      <CopyButton label={t("Copy code")} text={code} />
    </>
  );
  return (
    <CodeFrame language={language} buttons={buttons}>
      <CodeText language={language} code={code} isWrapped={isWrapped} />
      {/* Drawn anew when the code has changed. */}
      {isPreviewed && <Preview key={code} code={code} />}
    </CodeFrame>
  );
});
