import { lazy, Suspense } from "react";

// Asked for at once but run as a task of its own: with the parser in it, the page's first script ran for 45 ms.
const loading = import("./Markdown").then(({ Markdown }) => ({ default: Markdown }));
const Loaded = lazy(() => loading);

interface Props {
  text: string;
}

/** Markdown, or the text as it is until the parser is there. */
export function LazyMarkdown({ text }: Props) {
  return (
    <Suspense fallback={<p className="markdown-plain">{text}</p>}>
      <Loaded text={text} />
    </Suspense>
  );
}
