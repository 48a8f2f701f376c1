import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, blocksOf, linksOf, measure, sentencesOf, wordsOf } from "./lib/prose.mjs";
import { root } from "./lib/root.mjs";

/** The habit is 20 words a sentence or fewer; a document's mean over that is no habit. */
const MOST_MEAN_WORDS = 20;
/** One idea a paragraph. */
const MOST_PARAGRAPH_WORDS = 80;

const isThere = (path: string) => existsSync(join(root, path));
const filesBelow = (folder: string, recursive: boolean): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const folders = ["src", "shaders", "scripts", "e2e", "bench", "docs", "goldens", "public"];
const files = [...filesBelow(".", false), ...folders.flatMap((folder) => filesBelow(folder, true))].filter(
  (path) => !path.includes("node_modules/"),
);
const documents = files.filter((path) => path.endsWith(".md"));
const textOf = (path: string) => readFileSync(join(root, path), "utf8");

it("every document has short sentences and paragraphs of one idea", () => {
  const rows = documents.map((path) => ({ path, ...measure(textOf(path)) }));
  const width = Math.max(...documents.map((path) => path.length));
  const column = (value: string | number, size: number) => String(value).padStart(size);
  const table = rows.map(
    ({ path, sentences, mean, longestSentence, longestParagraph }) =>
      path.padEnd(width) +
      column(sentences, 11) +
      column(mean.toFixed(1), 7) +
      column(longestSentence, 9) +
      column(longestParagraph, 11),
  );
  console.log([`${"words".padEnd(width)}  sentences   mean  longest  paragraph`, ...table].join("\n"));
  const tooLong = rows.filter(
    ({ mean, longestParagraph }) => mean > MOST_MEAN_WORDS || longestParagraph > MOST_PARAGRAPH_WORDS,
  );
  expect(tooLong).toEqual([]);
});

it("every relative link leads to a file of the repository, and to a section that it has", () => {
  const broken = documents.flatMap((path) =>
    linksOf(textOf(path))
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = "", anchor] = target.split("#");
        const linked = file === "" ? path : relative(root, resolve(root, dirname(path), file));
        if (!isThere(linked) || linked.startsWith("..")) return true;
        return anchor !== undefined && !anchorsOf(textOf(linked)).includes(anchor);
      })
      .map((target) => `${path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

it("a file that a document names is in the repository", () => {
  const ending = /^(?:[\w@-]+\/)*[\w@.*-]+\.(?:tsx?|mjs|wgsl|css|sh|md)$/;
  const missing = documents.flatMap((path) =>
    [...textOf(path).matchAll(/`([^`\s]+)`/g)]
      .map(([, code]) => code!)
      .filter((code) => ending.test(code) && !code.includes("NAME") && !namesOfFuture.test(path))
      .filter((code) => {
        const name = new RegExp(`(^|/)${code.replaceAll(".", "\\.").replaceAll("*", "[\\w.-]*")}$`);
        return !files.some((file) => name.test(file));
      })
      .map((code) => `${path}: ${code}`),
  );
  expect(missing).toEqual([]);
});
/** The changelog names files that are gone; a recipe names files that are still to be written. */
const namesOfFuture = /^(CHANGELOG|CONTRIBUTING)\.md$/;

describe("decisions", () => {
  const folder = "docs/decisions/";
  const subjects = documents.filter((path) => path.startsWith(folder) && !path.endsWith("README.md"));

  it("begin with a date, each", () => {
    const undated = subjects.flatMap((path) => {
      const [, ...entries] = textOf(path).split(/^## /m);
      return entries
        .filter((entry) => !/^.+\n\n\d{4}-\d\d-\d\d\. \S/.test(entry))
        .map((entry) => `${path}: ${entry.split("\n")[0]}`);
    });
    // Libraries stand in tables; the sections around those are no entries.
    const tables = ["In the app", "For building and testing"].map(
      (title) => `${folder}libraries.md: ${title}`,
    );
    expect(undated).toEqual(tables);
  });

  it("stand in the index, a line a file", () => {
    const index = linksOf(textOf(`${folder}README.md`));
    expect([...new Set(index)].sort()).toEqual(subjects.map((path) => path.slice(folder.length)).sort());
  });

  it("name every library that package.json has", () => {
    const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const page = textOf(`${folder}libraries.md`);
    const unnamed = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !page.includes(name),
    );
    // Types stand together in one row.
    expect(unnamed.filter((name) => !name.startsWith("@types/"))).toEqual([]);
  });
});

describe("what is measured", () => {
  const text = `# A title of many words that are not counted

One sentence of six words here. A [link with text](a.md#b) and \`some code here\` count once!

- An item: its text goes on
  in the next line.

| a table | is no prose. Not. At. All. |

\`\`\`
code. Is. None.
\`\`\`
`;

  it("blocks are paragraphs, lists, headings and tables, and code is left out", () => {
    expect(blocksOf(text).map(({ kind }) => kind)).toEqual(["heading", "paragraph", "list", "table"]);
  });

  it("counts words and sentences of paragraphs and lists", () => {
    expect(measure(text)).toEqual({
      sentences: 3,
      mean: (6 + 8 + 10) / 3,
      longestSentence: 10,
      longestParagraph: 14,
    });
  });

  it("a number, a name or a link ends no sentence, and a date at its beginning is none", () => {
    expect(sentencesOf("2026-11-30. It took 4.5 s in `a.ts`. Then 3 more came. x86 stays.")).toEqual([
      "It took 4.5 s in `a.ts`.",
      "Then 3 more came. x86 stays.",
    ]);
  });

  it("words are what a reader sees", () => {
    expect(wordsOf("**Two words**, a [b c](d) – `e f` ![g](h)")).toHaveLength(6);
  });

  it("finds links and anchors", () => {
    expect(linksOf(text)).toEqual(["a.md#b"]);
    expect(anchorsOf("## Size: the whole 0.8B\n\n### `a` b_c")).toEqual(["size-the-whole-08b", "a-b_c"]);
  });
});
