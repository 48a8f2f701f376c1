import { memo, type ComponentProps } from "react";
import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import remarkGfm from "remark-gfm";
import type { Quotation } from "../../../ground/document";
import { CodeBlock } from "./CodeBlock";
import { markQuotations } from "./mark-quotations";
import { QuotationMark, Quotations } from "./QuotationMark";
import { safeImages } from "./safe-images";
import { splitBlocks } from "./split-blocks";
import { PlainText } from "./PlainText";
import styles from "./Markdown.module.css";

interface Props {
  text: string;
  /** The stretches that are quoted from documents. */
  quotations?: readonly Quotation[] | undefined;
}

const noQuotations: readonly Quotation[] = [];

/**
 * Markdown that a model wrote: no raw HTML, nothing fetched. Blocks that did not change are not parsed again.
 */
export function Markdown({ text, quotations = noQuotations }: Props) {
  return (
    <Quotations value={quotations}>
      <div className={styles.markdown} data-text="markdown">
        {splitBlocks(text).map((block, at) =>
          block.kind === "code" ? (
            <CodeBlock key={at} language={block.language} code={block.code} />
          ) : (
            <TextBlock key={at} source={block.source} quotations={quotations} />
          ),
        )}
      </div>
    </Quotations>
  );
}

// A paragraph this long is a model gone astray; parsed anew for every token it would hold up the page.
const longestParsed = 12_000;

interface TextBlockProps {
  source: string;
  quotations: readonly Quotation[];
}

const TextBlock = memo(function TextBlock({ source, quotations }: TextBlockProps) {
  if (source.length > longestParsed) return <PlainText text={source} />;
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      rehypePlugins={quotations.length > 0 ? [[markQuotations, quotations]] : noPlugins}
      components={components}
    >
      {source}
    </ReactMarkdown>
  );
});

const plugins = [remarkGfm, safeImages];
const noPlugins: [] = [];

const components: Components = {
  span: QuotationMark,
  a: ({ node: _, ...rest }: ComponentProps<"a"> & ExtraProps) => (
    <a {...rest} target="_blank" rel="noopener noreferrer">
      {rest.children}
    </a>
  ),
  table: ({ node: _, ...rest }: ComponentProps<"table"> & ExtraProps) => (
    <div className={styles.table}>
      <table {...rest} />
    </div>
  ),
};
