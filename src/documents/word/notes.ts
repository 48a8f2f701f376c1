import type { Block } from "./paragraph";
import { Story, type StoryContext } from "./story";
import { attributeOf, parseXml } from "../office/xml";

interface Note {
  readonly text: string;
  readonly author: string;
}

type Notes = ReadonlyMap<string, Note>;

/**
 * The notes of a part, by id. Lines between the text and its notes are notes in the file, and are left out.
 */
export function readNotes(
  xml: string,
  tag: "footnote" | "endnote" | "comment",
  context: StoryContext,
): Notes {
  const notes = new Map<string, Note>();
  const story = new Story(context);
  let id: string | undefined;
  let author = "";
  parseXml(xml, {
    open(name, attributes) {
      if (name === tag) {
        const isLine = /separator|notice/i.test(attributeOf(attributes, "type") ?? "");
        id = isLine ? undefined : (attributeOf(attributes, "id") ?? "");
        author = (attributeOf(attributes, "author") ?? "").slice(0, 100);
      }
      story.open(name, attributes);
    },
    text: (text) => story.text(text),
    close(name) {
      story.close(name);
      if (name !== tag) return;
      const text = story
        .take()
        .map((block) => block.text)
        .join("\n");
      if (id !== undefined && text !== "") notes.set(id, { text, author });
    },
  });
  return notes;
}

/** Gives notes their labels in the order in which the text refers to them, as Word does. */
export class NoteLabels {
  readonly #footnotes: Notes;
  readonly #endnotes: Notes;
  readonly #comments: Notes;
  readonly #labels = new Map<string, string>();
  #nFootnotes = 0;
  #nEndnotes = 0;
  /** Endnotes that were referred to: they end the document. */
  readonly endnotes: Block[] = [];

  constructor(footnotes: Notes, endnotes: Notes, comments: Notes) {
    this.#footnotes = footnotes;
    this.#endnotes = endnotes;
    this.#comments = comments;
  }

  /** The mark in the text, and the first time the block with the note itself. */
  refer(tag: string, id: string): { readonly reference: string; readonly block?: Block } | undefined {
    const key = `${tag} ${id}`;
    const known = this.#labels.get(key);
    if (known !== undefined) return { reference: known };
    switch (tag) {
      case "footnoteReference": {
        const note = this.#footnotes.get(id);
        if (!note) return undefined;
        const reference = `[^${++this.#nFootnotes}]`;
        this.#labels.set(key, reference);
        return { reference, block: { text: `${reference}: ${note.text}`, gap: 2, kind: "footnote" } };
      }
      case "endnoteReference": {
        const note = this.#endnotes.get(id);
        if (!note) return undefined;
        const reference = `[^e${++this.#nEndnotes}]`;
        this.#labels.set(key, reference);
        this.endnotes.push({ text: `${reference}: ${note.text}`, gap: 2, kind: "footnote" });
        return { reference };
      }
      default: {
        const note = this.#comments.get(id);
        if (!note) return undefined;
        this.#labels.set(key, "");
        const by = note.author === "" ? "Comment" : `Comment by ${note.author}`;
        return { reference: "", block: { text: `[${by}: ${note.text}]`, gap: 1, kind: "comment" } };
      }
    }
  }
}
