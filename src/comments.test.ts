import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const repository = dirname(import.meta.dirname);

const filesBelow = (folder: string, recursive: boolean): string[] =>
  readdirSync(join(repository, folder), { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)));

/** Every file that a comment may cite. */
const files = [
  ...filesBelow(".", false),
  ...["src", "shaders", "scripts", "e2e", "bench", "docs", "goldens", "public"].flatMap((folder) =>
    filesBelow(folder, true),
  ),
].filter((path) => !path.includes("node_modules/"));

interface Comment {
  /** path:line */
  readonly place: string;
  /** The comment as it stands in the file, with its marks. */
  readonly text: string;
}

const block = String.raw`(?<=^|[\s{(])/\*[^]*?\*/`;
const line = String.raw`(?<=^|\s)//.*$`;
const patterns: Readonly<Record<string, RegExp>> = {
  ts: new RegExp(`${block}|${line}`, "gm"),
  css: new RegExp(block, "gm"),
  sh: /(?<=^|\s)#.*$/gm,
};

/** The comments of a source; `ending` is that of its file's name. Strings that look like one count too. */
function commentsOf(path: string, source: string): Comment[] {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  const pattern = patterns[/^(ts|tsx|mjs|js|wgsl)$/.test(ending) ? "ts" : ending];
  if (!pattern) return [];
  return [...source.matchAll(pattern)].map((match) => ({
    place: `${path}:${source.slice(0, match.index).split("\n").length}`,
    text: match[0],
  }));
}

const comments = files
  .filter((path) => !/\.(jpg|png|json|gguf)$/.test(path))
  .flatMap((path) => commentsOf(path, readFileSync(join(repository, path), "utf8")));

/**
 * Names of the repository's kinds of source and page, with the folders before them; * stands for some
 * letters.
 */
const citedFile =
  /(?<![\w/.@*<-])(?:\.{1,2}\/)*((?:[\w@-]+\/)*[\w.*-]*[\w*]\.(?:md|tsx?|mjs|wgsl|css|sh))(?![\w/-])/g;

const withoutLinks = (text: string) => text.replace(/\bhttps?:\/\/\S+/g, "");

function isInRepository(cited: string): boolean {
  const escaped = cited.replace(/[.]/g, "\\.").replaceAll("*", "[\\w.-]*");
  const ending = new RegExp(`(?:^|/)${escaped}$`);
  return files.some((path) => ending.test(path));
}

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (page: string) =>
  [...readFileSync(join(repository, page), "utf8").matchAll(/^#+ (.+)$/gm)].map((match) =>
    anchorOf(match[1]!),
  );

/** `place: what` for all that `find` finds in a comment's words. */
const found = (find: (words: string) => readonly string[]) =>
  comments.flatMap(({ place, text }) => find(withoutLinks(text)).map((what) => `${place}: ${what}`));

describe("a comment", () => {
  it("cites only files that are in the repository", () => {
    const missing = (words: string) =>
      [...words.matchAll(citedFile)].map((match) => match[1]!).filter((cited) => !isInRepository(cited));
    expect(found(missing)).toEqual([]);
  });

  it("cites only sections that their page has", () => {
    const missing = (words: string) =>
      [...words.matchAll(/([\w/-]+\.md)#([\w-]+)/g)]
        .filter(([, page, anchor]) => !files.includes(page!) || !anchorsOf(page!).includes(anchor!))
        .map((match) => match[0]);
    expect(found(missing)).toEqual([]);
  });

  it("names a section by its anchor, not by its title or number", () => {
    const titles = /\.md, ("|section|part|table)|§|\b[Ss]ection \d|\b[Rr]eference (section )?\d/g;
    expect(found((words) => words.match(titles) ?? [])).toEqual([]);
  });

  it("cites no document, issue or folder that its reader does not have", () => {
    const absent =
      /\bDESIGN\b|\b[Ii]ssues? #?\d+|architecture document|reference document|(?<![\w/])shared\/\w+/g;
    expect(found((words) => words.match(absent) ?? [])).toEqual([]);
  });
});

/** Words that put off what a comment is about. */
const waitingWord = /^(?:Of|What|Where|How|That|As|Whether)\b/;

/** A comment without its marks, on one line. */
const wordsOf = (text: string) =>
  text
    .replace(/^\/\*+|\*\/$/g, "")
    .replace(/^\s*(?:\/\/|\*|#) ?/gm, "")
    .replace(/\s+/g, " ")
    .trim();

describe("a comment of the code", () => {
  it("keeps to 110 columns", () => {
    const wide = files
      .filter((path) => /\.(tsx?|mjs|wgsl)$/.test(path))
      .flatMap((path) => {
        const source = readFileSync(join(repository, path), "utf8");
        const lines = source.split("\n");
        return commentsOf(path, source).flatMap(({ place, text }) => {
          const first = Number(place.slice(place.lastIndexOf(":") + 1));
          return text
            .split("\n")
            .map((_, i) => first + i)
            .filter((at) => [...lines[at - 1]!].length > 110)
            .map((at) => `${path}:${at}`);
        });
      });
    expect(wide).toEqual([]);
  });

  it("opens, as documentation, with what the thing is or does", () => {
    const waiting = comments
      .filter(({ text }) => text.startsWith("/**"))
      .filter(({ text }) => waitingWord.test(wordsOf(text)))
      .map(({ place, text }) => `${place}: ${wordsOf(text)}`);
    expect(waiting).toEqual([]);
  });
});

describe("the rules find", () => {
  const firstOf = (source: string) => commentsOf("a.ts", source)[0]!.text;

  it("comments and nothing else", () => {
    const source = 'const a = "https://x.y"; // one\n/** two */\nconst b = 1 / 2; /* three */';
    expect(commentsOf("a.ts", source).map(({ text }) => text)).toEqual([
      "// one",
      "/** two */",
      "/* three */",
    ]);
    expect(commentsOf("a.sh", "#!/bin/sh\necho ${#a} # one")).toHaveLength(2);
  });

  it.each([
    ["// see docs/nothing.md", ["docs/nothing.md"]],
    ["// see lib/weight-q4_k.wgsl and lib/weight/q4_k.wgsl", ["lib/weight-q4_k.wgsl"]],
    ["// lib/repack/group-*.wgsl, lib/repack/groups-*.wgsl", ["lib/repack/groups-*.wgsl"]],
    ["// https://example.org/page.md", []],
  ])("the missing files of %s", (source, expected) => {
    const cited = [...withoutLinks(firstOf(source)).matchAll(citedFile)].map((match) => match[1]!);
    expect(cited.filter((name) => !isInRepository(name))).toEqual(expected);
  });

  it("the first words of a comment in each of its forms", () => {
    const sources = ["/** What it is. */", "/**\n * What it\n * is.\n */", "// What it is."];
    expect(sources.map((source) => wordsOf(firstOf(source)))).toEqual(sources.map(() => "What it is."));
  });

  it("the anchor of a heading with figures and marks", () => {
    expect(anchorOf("Size: the whole 0.8B in Chromium")).toBe("size-the-whole-08b-in-chromium");
  });
});
