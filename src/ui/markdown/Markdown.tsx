import { memo, type ComponentProps } from "react";
import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import remarkGfm from "remark-gfm";
import { CodeBlock } from "./CodeBlock";
import { safeImages } from "./safe-images";
import { splitBlocks } from "./split-blocks";
import "./Markdown.css";

interface Props {
  text: string;
}

/** Markdown that a model wrote: no raw HTML, nothing fetched. Blocks that did not change are not parsed again. */
export function Markdown({ text }: Props) {
  return (
    <div className="markdown">
      {splitBlocks(text).map((block, at) =>
        block.kind === "code" ? (
          <CodeBlock key={at} language={block.language} code={block.code} />
        ) : (
          <TextBlock key={at} source={block.source} />
        ),
      )}
    </div>
  );
}

// A paragraph this long is a model gone astray; parsed anew for every token it would hold up the page.
const longestParsed = 12_000;

const TextBlock = memo(function TextBlock({ source }: { source: string }) {
  if (source.length > longestParsed) return <p className="markdown-plain">{source}</p>;
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {source}
    </ReactMarkdown>
  );
});

const plugins = [remarkGfm, safeImages];

const components: Components = {
  a: ({ node: _, ...rest }: ComponentProps<"a"> & ExtraProps) => (
    <a {...rest} target="_blank" rel="noopener noreferrer">
      {rest.children}
    </a>
  ),
  table: ({ node: _, ...rest }: ComponentProps<"table"> & ExtraProps) => (
    <div className="markdown-table">
      <table {...rest} />
    </div>
  ),
};
