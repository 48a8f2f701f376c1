import { lazy, Suspense } from "react";
import type { Quotation } from "../../../ground/document";
import { PlainText } from "./PlainText";

// Asked for at once but run as a task of its own: with the parser in it, the page's first script ran for 45
// ms.
const loading = import("./Markdown").then(({ Markdown }) => ({ default: Markdown }));
const Loaded = lazy(() => loading);

interface Props {
  text: string;
  quotations?: readonly Quotation[] | undefined;
  /** More text comes. */
  isGrowing: boolean;
}

/** Markdown, or the text as it is until the parser is there. */
export function LazyMarkdown({ text, quotations, isGrowing }: Props) {
  return (
    <Suspense fallback={<PlainText text={text} />}>
      <Loaded text={text} quotations={quotations} isGrowing={isGrowing} />
    </Suspense>
  );
}
