import { ChevronDown, ChevronUp, X } from "lucide-react";
import { isComposed } from "../parts/hooks/composed-keys";
import { useEffect, useRef } from "react";
import {
  closeDocument,
  goToHit,
  searchDocument,
  useDocumentView,
} from "../../stores/documents/document-view";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { formatCount } from "../parts/words/format";
import { IconButton } from "../parts/buttons/IconButton";
import { DocumentReading } from "./DocumentReading";
import { DocumentText } from "./DocumentText";
import { usePanelFocus } from "../parts/hooks/use-panel-focus";
import { t } from "../../../language/language";
import styles from "./DocumentPanel.module.css";

/** A document beside the chat, or over it where the window is narrow. */
export function DocumentPanel() {
  const view = useDocumentView();
  const panel = useRef<HTMLElement>(null);

  usePanelFocus(panel);
  useEffect(() => {
    const element = panel.current;
    if (!element) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || isComposed(event)) return;
      event.preventDefault(); // taken: it ends no answer
      closeDocument();
    };
    element.addEventListener("keydown", onKeyDown);
    return () => element.removeEventListener("keydown", onKeyDown);
  }, []);

  if (view.phase === "closed") return null;
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={t("Document: {name}", { name: view.name })}
      tabIndex={-1}
      data-covers
    >
      <header className={styles.head}>
        <h2>{view.name}</h2>
        <IconButton label={t("Close the document")} icon={X} onClick={closeDocument} />
      </header>
      {view.phase === "opening" && <p className={styles.note}>{t("Opening…")}</p>}
      {view.phase === "failed" && <ErrorNotice error={view.error} />}
      {view.phase === "open" && (
        <>
          <DocumentSearch />
          <DocumentReading document={view.document} />
          <DocumentText key={view.document.id} document={view.document} passage={view.passage} />
        </>
      )}
    </aside>
  );
}

function DocumentSearch() {
  const search = useDocumentView((s) => (s.phase === "open" ? s.search : null));
  return (
    <form
      className={styles.search}
      role="search"
      aria-label={t("In the document")}
      onSubmit={(event) => {
        event.preventDefault();
        goToHit(1);
      }}
    >
      <input
        type="search"
        aria-label={t("Search in the document")}
        placeholder={t("Search in the document")}
        onChange={({ target }) => void searchDocument(target.value)}
      />
      <span role="status">{search && describeHits(search.hits.length, search.at)}</span>
      <IconButton label={t("Previous place")} icon={ChevronUp} onClick={() => goToHit(-1)} />
      <IconButton label={t("Next place")} icon={ChevronDown} onClick={() => goToHit(1)} />
    </form>
  );
}

function describeHits(nHits: number, at: number): string {
  if (nHits === 0) return t("Nothing found");
  // The search ends at 1,000.
  const values = { at: formatCount(at + 1), nHits: formatCount(nHits) };
  return nHits === 1000 ? t("{at} of {nHits} or more", values) : t("{at} of {nHits}", values);
}
