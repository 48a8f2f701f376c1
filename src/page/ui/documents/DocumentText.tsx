import { Fragment, memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { Passage } from "../../../ground/document";
import type { ShownDocument } from "../../../documents/protocol";
import { formatCount } from "../parts/words/format";
import { VisuallyHidden } from "../parts/VisuallyHidden";
import { mark, t, type Key } from "../../../language/language";
import styles from "./DocumentText.module.css";

interface Props {
  document: ShownDocument;
  passage: Passage | null;
}

/** About five screens: few enough sections for a book, each laid out well within a frame. */
const sectionLength = 16_000;
/** Sections this near to what is seen are laid out, in pixels. */
const nearness = 1500;
/** The height of a line, as the style sheet has it. */
const lineHeight = 1.55;
/** Sections of a chapter. 30 MB of text are 1,900 sections: a box and an observer for each is a long task. */
const chapterSections = 40;

/**
 * The whole text, of which only what is near the window is laid out; the rest are boxes of about its height:
 * of far chapters one each, of near ones a box for each section.
 */
export function DocumentText({ document, passage }: Props) {
  const chapters = useMemo(() => chaptersOf(sectionsOf(document)), [document]);
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!passage) return;
    const show = () => box.current?.querySelector("[data-place]")?.scrollIntoView({ block: "center" });
    show();
    // Text that comes near is laid out, and moves what is below it: once more, when that is done.
    const timer = setTimeout(show, 120);
    return () => clearTimeout(timer);
  }, [passage]);

  return (
    // A scrolled region has to be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.text} ref={box} role="region" aria-label={t("Text of the document")} tabIndex={0}>
      {chapters.map((chapter) => (
        <Chapter
          key={chapter.start}
          document={document}
          chapter={chapter}
          passage={passage && overlaps(chapter, passage) ? passage : null}
          scroller={box}
        />
      ))}
    </div>
  );
}

interface SectionOfParts extends Passage {
  readonly first: number;
  readonly last: number;
}

function sectionsOf({ starts, text }: ShownDocument): readonly SectionOfParts[] {
  const sections: SectionOfParts[] = [];
  for (let first = 0; first < starts.length;) {
    let last = first;
    while (last + 1 < starts.length && starts[last + 1]! - starts[first]! < sectionLength) last++;
    sections.push({ first, last, start: starts[first]!, end: starts[last + 1] ?? text.length });
    first = last + 1;
  }
  return sections;
}

interface ChapterOfSections extends Passage {
  readonly sections: readonly SectionOfParts[];
}

function chaptersOf(sections: readonly SectionOfParts[]): readonly ChapterOfSections[] {
  return Array.from({ length: Math.ceil(sections.length / chapterSections) }, (_, n) => {
    const own = sections.slice(n * chapterSections, (n + 1) * chapterSections);
    return { sections: own, start: own[0]!.start, end: own.at(-1)!.end };
  });
}

const overlaps = (a: Passage, b: Passage) =>
  a.start <= b.start ? b.start < a.end : a.start < b.end && b.start < a.end;

/** Says whether a box is near to what is seen of the text. */
function useIsNear(box: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setIsNear(entries.at(-1)!.isIntersecting), {
      root: scroller.current,
      rootMargin: `${nearness}px`,
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [box, scroller]);
  return isNear;
}

interface ChapterProps {
  document: ShownDocument;
  chapter: ChapterOfSections;
  passage: Passage | null;
  scroller: RefObject<HTMLElement | null>;
}

const Chapter = memo(function Chapter({ document, chapter, passage, scroller }: ChapterProps) {
  const box = useRef<HTMLDivElement>(null);
  const isShown = useIsNear(box, scroller) || passage !== null;
  const { sections, start, end } = chapter;
  // One section stands for the chapter: no one sees the box, and counting 30 MB takes time.
  const height = useMemo(() => {
    const [first] = sections;
    const share = (end - start) / Math.max(1, first!.end - first!.start);
    return estimateLines(document, first!) * share;
  }, [document, sections, start, end]);
  return (
    <div ref={box} style={isShown ? undefined : { height: `${height * lineHeight}em` }}>
      {isShown &&
        sections.map((section) => (
          <Section
            key={section.first}
            document={document}
            section={section}
            passage={passage && overlaps(section, passage) ? passage : null}
            scroller={scroller}
          />
        ))}
    </div>
  );
});

interface SectionProps {
  document: ShownDocument;
  section: SectionOfParts;
  passage: Passage | null;
  scroller: RefObject<HTMLElement | null>;
}

const Section = memo(function Section({ document, section, passage, scroller }: SectionProps) {
  const box = useRef<HTMLDivElement>(null);
  const { starts, text } = document;
  const isShown = useIsNear(box, scroller) || passage !== null;
  const height = useMemo(() => estimateLines(document, section), [document, section]);
  const parts = Array.from({ length: section.last - section.first + 1 }, (_, n) => section.first + n);
  return (
    <div ref={box} style={isShown ? undefined : { height: `${height * lineHeight}em` }}>
      {isShown &&
        parts.map((part) => (
          <Part
            key={part}
            document={document}
            part={part}
            end={starts[part + 1] ?? text.length}
            passage={passage}
          />
        ))}
    </div>
  );
});

interface StretchProps {
  document: ShownDocument;
  from: number;
  to: number;
  /** Says that what stood at its very end belongs to it. */
  isLast?: boolean;
}

/** Text as the model reads it, and in between, set apart, what was left out of it. */
function Stretch({ document: { text, leftOut = [] }, from, to, isLast = false }: StretchProps) {
  const pieces = leftOut.filter(({ at }) => at >= from && (isLast ? at <= to : at < to));
  if (pieces.length === 0) return text.slice(from, to);
  return (
    <>
      {pieces.map(({ kind, at, text: piece }, n) => (
        <Fragment key={n}>
          {text.slice(n === 0 ? from : pieces[n - 1]!.at, at)}
          <span
            className={styles.leftOut}
            title={t("Left out: {kind}", { kind: kind in kindNames ? t(kindNames[kind]!) : kind })}
          >
            <VisuallyHidden>{t("Left out:")} </VisuallyHidden>
            {piece}
          </span>
        </Fragment>
      ))}
      {text.slice(pieces.at(-1)!.at, to)}
    </>
  );
}

const kindNames: Readonly<Record<string, Key>> = {
  header: mark("a header that repeats"),
  footer: mark("a footer that repeats"),
  "page-number": mark("a page's number"),
  navigation: mark("beside the article"),
};

interface PartProps {
  document: ShownDocument;
  part: number;
  end: number;
  passage: Passage | null;
}

function Part({ document, part, end, passage }: PartProps) {
  const { text, starts, unit, numbers } = document;
  const number = numbers[part]!;
  // The line that tells the model which page it is; people get a heading.
  const markLength = unit === "page" ? `[Page ${number}]\n`.length : 0;
  const start = starts[part]! + markLength;
  const from = Math.min(end, Math.max(start, passage?.start ?? end));
  const to = Math.min(end, Math.max(start, passage?.end ?? end));
  const hasPlace = passage !== null && passage.start >= starts[part]! && passage.start < end;
  return (
    <>
      {unit === "page" && (
        <h3 className={styles.page}>{t("Page {number}", { number: formatCount(number) })}</h3>
      )}
      <p>
        <Stretch document={document} from={start} to={from} />
        {from < to ? (
          <mark data-place={hasPlace || undefined}>{text.slice(from, to)}</mark>
        ) : (
          hasPlace && <span data-place />
        )}
        <Stretch document={document} from={to} to={end} isLast />
      </p>
    </>
  );
}

/** Lines of a section when it is laid out, about: an estimate is enough for a box that no one sees. */
function estimateLines(document: ShownDocument, { start, end }: Passage): number {
  const text = document.text.slice(start, end);
  let lines = 0;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    lines += Math.max(1, Math.ceil((next - at) / 64));
    at = next;
  }
  return lines;
}
