import { encodings, isEncoding, type ShownDocument } from "../../../documents/protocol";
import { canReadAgain, readOpenAgain } from "../../stores/documents/document-view";
import { Button } from "../parts/buttons/Button";
import { t } from "../../../language/language";
import { rich } from "../parts/words/rich";
import styles from "./DocumentReading.module.css";

interface Props {
  document: ShownDocument;
}

/** The ways in which the document's file can be read: the encoding of a text, the part of a web page. */
export function DocumentReading({ document: { id, encoding, webPart } }: Props) {
  if (encoding === undefined) return null;
  const isHere = canReadAgain(id);
  return (
    <div className={styles.reading}>
      <label>
        {rich("Encoding {select}", {
          select: (
            <select
              value={encoding}
              disabled={!isHere}
              onChange={({ target: { value } }) => {
                if (isEncoding(value)) void readOpenAgain({ encoding: value });
              }}
            >
              {Object.entries(encodings).map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          ),
        })}
      </label>
      {webPart && isHere && (
        <Button
          look="quiet"
          onClick={() => void readOpenAgain({ webPart: webPart === "article" ? "whole" : "article" })}
        >
          {webPart === "article" ? t("Read the whole page") : t("Read the article only")}
        </Button>
      )}
      {!isHere && (
        <p>
          {t(
            "The file is no longer at hand since the page was reloaded. To read it otherwise, attach it again.",
          )}
        </p>
      )}
    </div>
  );
}
