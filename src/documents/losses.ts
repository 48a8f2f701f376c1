import { counted } from "../ground/figures";
import { inARow, listed, t, tn, type Sentence } from "../language/language";
import type { DocumentNote } from "./reading";

/** The kinds of things that a text leaves out of its file, in the order in which they are said. */
const nouns = {
  hiddenSheet: (n) => counted(n, "hidden sheet"),
  hiddenWord: (n) => counted(n, "hidden word"),
  picture: (n) => counted(n, "picture"),
  drawing: (n) => counted(n, "drawing"),
  chart: (n) => counted(n, "chart"),
  diagram: (n) => counted(n, "diagram"),
  equation: (n) => counted(n, "equation of an old kind", "equations of an old kind"),
  object: (n) => counted(n, "embedded object"),
  page: (n) => counted(n, "embedded page"),
  part: (n) => counted(n, "part of another format", "parts of another format"),
  aside: (n) => counted(n, "section beside the reading order", "sections beside the reading order"),
  sound: (n) => counted(n, "sound"),
  video: (n) => counted(n, "video"),
  control: (n) => counted(n, "control"),
  output: (n) => counted(n, "interactive output"),
  macro: (n) => counted(n, "file of macros", "files of macros"),
} as const satisfies Readonly<Record<string, (count: number) => Sentence>>;

export type LossKind = keyof typeof nouns;

/** Steps that a person can take so that it is read. */
const remedies: Readonly<Partial<Record<LossKind, () => Sentence>>> = {
  hiddenSheet: () => t("Show hidden sheets in a spreadsheet program and save the file, and they are read."),
  part: () => t("Open the document in Word and save it anew, and its parts are read."),
};

/** Names said at most; some workbooks have hundreds of hidden sheets. */
const MOST_NAMES = 5;

/** Counts what a reader leaves out of a file, by kind: every reader says it by the one sentence made here. */
export class Losses {
  readonly #counts = new Map<LossKind, number>();
  readonly #names = new Map<LossKind, string[]>();

  add(kind: LossKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  /** Counts one thing that has a name, which is said too. */
  addNamed(kind: LossKind, name: string): void {
    this.add(kind);
    this.#names.set(kind, [...(this.#names.get(kind) ?? []), name]);
  }

  /** Adds what another reader left out of a part of the file. */
  addAll(other: Losses): void {
    for (const [kind, count] of other.#counts) this.add(kind, count);
  }

  countOf(kind: LossKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** "2 pictures and 1 chart were left out.", or no note at all. */
  notes(): DocumentNote[] {
    const kinds = (Object.keys(nouns) as LossKind[]).filter((kind) => this.countOf(kind) > 0);
    if (kinds.length === 0) return [];
    const total = kinds.reduce((sum, kind) => sum + this.countOf(kind), 0);
    const what = listed(kinds.map((kind) => this.#said(kind)));
    return [
      {
        kind: "left-out",
        sentence: inARow(
          tn(total, "{what} was left out.", "{what} were left out.", { what }),
          ...kinds.flatMap((kind) => remedies[kind]?.() ?? []),
        ),
      },
    ];
  }

  #said(kind: LossKind): Sentence {
    const what = nouns[kind](this.countOf(kind));
    const names = this.#names.get(kind);
    if (!names) return what;
    const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`);
    if (names.length > shown.length) shown.push("…");
    return t("{what} ({names})", { what, names: shown.join(", ") });
  }
}
