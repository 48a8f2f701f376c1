import { createContext, use, type ComponentProps } from "react";
import type { ExtraProps } from "react-markdown";
import type { Quotation } from "../../../ground/document";
import { useChat } from "../../stores/chat/chat";
import { openDocument } from "../../stores/documents/document-view";
import { changesMeaning, describeDifferences } from "./describe-differences";
import { t } from "../../../language/language";
import styles from "./QuotationMark.module.css";

/** The quotations of the answer that is shown. */
export const Quotations = createContext<readonly Quotation[]>([]);

/**
 * A quotation as a link to its place in the document, or marked as being in none; any other span as it is.
 */
export function QuotationMark({ node: _, ...rest }: ComponentProps<"span"> & ExtraProps) {
  const index = (rest as { "data-quotation"?: string })["data-quotation"];
  const quotation = use(Quotations)[Number(index)];
  const found = quotation?.found;
  const name = useChat((s) => found && nameOf(Object.values(s.messages), found.documentId));
  if (!quotation) return <span {...rest} />;
  if (!found)
    return (
      <span className={styles.missing} title={t("Not found in the document")}>
        {rest.children}
        <span className={styles.note}> {t("(not found in the document)")}</span>
      </span>
    );
  const place = `${name ?? t("Document")}, ${found.unit} ${found.number}`;
  const { isExact, differences = [] } = found;
  const how = isExact ? "" : describeDifferences(differences);
  return (
    <button
      type="button"
      className={styles.quotation}
      data-differs={changesMeaning(differences) || undefined}
      title={isExact ? place : t("{place}: not word for word", { place })}
      onClick={() => void openDocument({ id: found.documentId, name: name ?? t("Document") }, found)}
    >
      {rest.children}
      {how !== "" && <span className={styles.note}> ({how})</span>}
    </button>
  );
}

function nameOf(
  messages: readonly ReturnType<typeof useChat.getState>["messages"][string][],
  documentId: string,
): string | undefined {
  for (const message of messages) {
    const own = message.role === "user" ? message.documents?.find(({ id }) => id === documentId) : undefined;
    if (own) return own.name;
  }
  return undefined;
}
