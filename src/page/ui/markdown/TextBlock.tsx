import { memo, type ComponentProps } from "react";
import ReactMarkdown, { type Components, type ExtraProps, type Options } from "react-markdown";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkCjkStrikethrough from "remark-cjk-friendly-gfm-strikethrough";
import remarkGfm from "remark-gfm";
import { FencedBlock } from "./FencedBlock";
import { Formula } from "./formula/Formula";
import { NoteReference } from "./notes/NoteReference";
import { PlainText } from "./PlainText";
import { QuotationMark } from "./QuotationMark";
import { isTooHard } from "./source/is-too-hard";
import { markText } from "./source/mark-text";
import type { SourceBlock } from "./source/split-blocks";
import { cellWidths } from "./tree/cell-widths";
import { directions } from "./tree/directions";
import { inlineHtml } from "./tree/inline-html";
import { labelTasks } from "./tree/label-tasks";
import { markQuotations, type IndexedQuotation } from "./tree/mark-quotations";
import { textOf, type TreeNode } from "./tree/nodes";
import { openFences } from "./tree/open-fences";
import { safeImages } from "./tree/safe-images";
import { showDefinitions } from "./tree/show-definitions";
import { narrowSyntax } from "./tree/syntax";
import { formulaName, noteName, unmark } from "./tree/unmark";
import { usePaced } from "./pace/use-paced";
import { t } from "../../../language/language";
import styles from "./Markdown.module.css";

interface Props extends SourceBlock {
  quotations: readonly IndexedQuotation[];
}

/** A block of Markdown without code at its top level. */
export const TextBlock = memo(function TextBlock({ source: latest, definitions, notes, quotations }: Props) {
  const source = usePaced(latest);
  if (isTooHard(source)) return <PlainText text={source} />;
  const { text, pieces } = markText(source);
  const whole = definitions === "" ? text : `${text}\n\n${definitions}`;
  const numbers = new Map(notes === "" ? [] : (JSON.parse(notes) as [string, number][]));
  return (
    <ReactMarkdown
      remarkPlugins={[
        [remarkGfm, { singleTilde: false }],
        remarkCjkFriendly,
        [remarkCjkStrikethrough, { singleTilde: false }],
        narrowSyntax,
        [showDefinitions, text.length],
        [openFences, whole],
        safeImages,
        inlineHtml,
        [unmark, { pieces, notes: numbers }],
      ]}
      rehypePlugins={
        quotations.length > 0
          ? [[markQuotations, quotations], directions, labelTasks, cellWidths]
          : [directions, labelTasks, cellWidths]
      }
      components={components}
    >
      {whole}
    </ReactMarkdown>
  );
});

/** Properties of an element that a plugin made. */
type Data = Record<`data-${string}`, string | undefined>;

const components = {
  span: QuotationMark,
  a: ({ node: _, href, ...rest }: ComponentProps<"a"> & ExtraProps) =>
    !href || href.startsWith("#") ? (
      <span>{rest.children}</span> // Headings have no ids; and an address that is not safe is "".
    ) : (
      <a {...rest} href={href} target="_blank" rel="noopener noreferrer">
        {rest.children}
      </a>
    ),
  table: ({ node: _, ...rest }: ComponentProps<"table"> & ExtraProps) => (
    // It scrolls, so the keyboard has to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.table} role="group" aria-label={t("Table")} tabIndex={0}>
      <table {...rest} />
    </div>
  ),
  pre: ({ node }: ExtraProps) => {
    const code = node?.children[0] as TreeNode | undefined;
    const [name = ""] = (code?.properties?.["className"] as string[] | undefined) ?? [];
    return (
      <FencedBlock
        language={name.replace(/^language-/, "")}
        code={textOf(code!).replace(/\n$/, "")}
        isOpen={code?.properties?.["dataOpen"] !== undefined}
      />
    );
  },
  [formulaName]: (data: Data) => (
    <Formula
      tex={data["data-tex"] ?? ""}
      source={data["data-source"] ?? ""}
      isDisplay={data["data-display"] !== undefined}
    />
  ),
  [noteName]: (data: Data) => <NoteReference number={Number(data["data-number"])} />,
} as Components & Options["components"];
