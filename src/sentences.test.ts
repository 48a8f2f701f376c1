import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { zh } from "./language/zh";

const src = import.meta.dirname;

/** Sources whose sentences people read: no tests, not the reference, nor the languages themselves. */
const sources = readdirSync(src, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(src, join(entry.parentPath, entry.name)))
  .filter(
    (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^(testing|reference|language)\/|\/cases\//.test(path),
  )
  .map((path) => ({
    path,
    file: ts.createSourceFile(path, readFileSync(join(src, path), "utf8"), ts.ScriptTarget.Latest, true),
  }));

/** Calls `visit` with each node of a source. */
function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The texts that an argument can be: both of `a ? "x" : "y"`. */
function textsOf(node: ts.Expression | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  return ts.isConditionalExpression(node) ? [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)] : [];
}

/** The keys that a call asks for, as src/language and src/ground/figures.ts make them. */
function keysOf(call: ts.CallExpression): string[] {
  const [first, second, third] = call.arguments;
  switch (call.expression.getText()) {
    case "t":
    case "mark":
    case "rich":
    case "pieces":
      return textsOf(first);
    case "tn":
      return textsOf(third);
    case "counted":
      return third
        ? textsOf(third).map((words) => `{count} ${words}`)
        : textsOf(second).map((word) => `{count} ${word}s`);
    default:
      return [];
  }
}

const keys = new Set<string>();
for (const { file } of sources)
  walk(file, (node) => {
    if (ts.isCallExpression(node)) for (const key of keysOf(node)) keys.add(key);
    // Term shows the names of the glossary's entries.
    if (ts.isVariableDeclaration(node) && node.name.getText() === "glossary")
      walk(node, (part) => {
        if (ts.isPropertyAssignment(part)) keys.add(part.name.getText().replaceAll('"', ""));
      });
  });

const placeholders = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();
const sentences: readonly [string, string][] = Object.entries(zh);

it("every sentence has its Chinese one", () => {
  expect([...keys].filter((key) => !Object.hasOwn(zh, key))).toEqual([]);
});

it("no Chinese sentence is left over", () => {
  expect(sentences.map(([key]) => key).filter((key) => !keys.has(key))).toEqual([]);
});

it("a Chinese sentence has the placeholders of the English one, and is not empty", () => {
  expect(
    sentences
      .filter(([key, text]) => text === "" || placeholders(key).join() !== placeholders(text).join())
      .map(([key]) => key),
  ).toEqual([]);
});

/** The names of the values that a call gives; `null` where they are not written out in it. */
function givenTo(call: ts.CallExpression): readonly string[] | null {
  const given = call.arguments[call.expression.getText() === "tn" ? 3 : 1];
  if (given === undefined) return [];
  if (!ts.isObjectLiteralExpression(given) || given.properties.some(ts.isSpreadAssignment)) return null;
  return given.properties.map(({ name }) => `{${name!.getText()}}`);
}

it("a sentence has a placeholder for each value that it is given, and no other", () => {
  const wrong: string[] = [];
  for (const { path, file } of sources)
    walk(file, (node) => {
      if (!ts.isCallExpression(node) || !/^tn?$/.test(node.expression.getText())) return;
      const given = givenTo(node)?.toSorted().join();
      const isCounted = node.expression.getText() === "tn";
      for (const key of given === undefined ? [] : keysOf(node)) {
        const asked = placeholders(key).filter((name) => !isCounted || name !== "{count}");
        if (asked.join() !== given) wrong.push(`${path}: ${key}`);
      }
    });
  expect(wrong).toEqual([]);
});

it.each([
  ["a half-width mark behind Chinese", /[一-鿿]\s*[,;:?!](?!\d)|[一-鿿]\.$/],
  ["a half-width mark before Chinese", /[,;:?!]\s*[一-鿿]/],
  ["half-width brackets about Chinese", /\([^)]*[一-鿿]|[一-鿿]\s*\(/],
  ["straight quotation marks", /"/],
  ["three dots", /\.\.\./],
  ["a space beside a full-width mark", / [，。；：？！、）”]|[，。；：？！、（“] /],
  ["no space between Chinese and Latin", /[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]/],
  ["no space before a unit", /[\d}]([kMGT]B|m?s|µs)\b/],
  ["another word for you", /您/],
])("no Chinese sentence has %s", (_, wrong) => {
  expect(sentences.map(([, text]) => text).filter((text) => wrong.test(text))).toEqual([]);
});

it("a Chinese sentence ends with a full stop where the English one does", () => {
  const ends = sentences.filter(([key, text]) => /\.$/.test(key) && /[一-鿿}]$/.test(text));
  expect(ends.map(([key]) => key)).toEqual([]);
});

/** Attributes that people see or hear. */
const shown =
  /^(title|label|hint|alt|placeholder|description|heading|aria-(label|description|valuetext|roledescription))$/;
/** Texts that are the same in every language, or that people write, by file. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  "page/ui/settings/HubSettings.tsx": ["hf_…"],
  "engine/text/template/chat-template.ts": ["ChatML"],
  "page/ui/inspect/memory/MemoryTable.tsx": ["DeltaNet"],
  "page/ui/models/DiskModels.tsx": ["~/.ollama/models", "~/.lmstudio/models", "~/.cache/huggingface/hub"],
};

const isWordy = (text: string) => /[A-Za-z]{2}/.test(text);

/** True for an argument of a call that translates, or marks what is translated later. */
function isGiven(node: ts.Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isCallExpression(up) && /^(t|tn|mark|rich|pieces|counted)$/.test(up.expression.getText()))
      return true;
    if (ts.isNewExpression(up) || ts.isFunctionLike(up) || ts.isJsxElement(up)) return false;
  }
  return false;
}

/** Words of a literal, or of the literals that a condition chooses between. */
function bareTexts(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return isGiven(node) ? [] : [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].filter((text) =>
      /[A-Za-z]{2,} [A-Za-z]/.test(text),
    );
  if (ts.isConditionalExpression(node)) return [...bareTexts(node.whenTrue), ...bareTexts(node.whenFalse)];
  if (ts.isBinaryExpression(node) && /^(&&|\|\||\?\?)$/.test(node.operatorToken.getText()))
    return [...bareTexts(node.left), ...bareTexts(node.right)];
  return ts.isJsxExpression(node) && node.expression ? bareTexts(node.expression) : [];
}

/** The sentences of a node that reach people without `t`. */
function outside(node: ts.Node): string[] {
  if (ts.isJsxText(node)) return [node.text.trim()];
  if (ts.isJsxExpression(node) && ts.isJsxElement(node.parent)) return bareTexts(node);
  if (ts.isJsxAttribute(node) && node.initializer && shown.test(node.name.getText()))
    return bareTexts(node.initializer);
  if (ts.isCallExpression(node) && node.expression.getText() === "notify" && node.arguments[0])
    return bareTexts(node.arguments[0]);
  // English that goes into a translated sentence as one of its values
  if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.parent) && isOfSentence(node.parent))
    return valueTexts(node.initializer);
  return [];
}

/** True for the values that `t` and the like are given. */
const isOfSentence = ({ parent }: ts.Node) =>
  ts.isCallExpression(parent) && /^(t|tn|rich|pieces)$/.test(parent.expression.getText());

/** The literals that a value can be. A call among them is another sentence's, or a name. */
function valueTexts(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (ts.isParenthesizedExpression(node)) return valueTexts(node.expression);
  if (ts.isConditionalExpression(node)) return [...valueTexts(node.whenTrue), ...valueTexts(node.whenFalse)];
  if (!ts.isBinaryExpression(node)) return [];
  const isJoin = /^(\+|\|\||\?\?)$/.test(node.operatorToken.getText());
  return [...(isJoin ? valueTexts(node.left) : []), ...valueTexts(node.right)];
}

it("no sentence that people read stands outside of the languages", () => {
  const found = sources.flatMap(({ path, file }) => {
    const texts: string[] = [];
    walk(file, (node) => texts.push(...outside(node).filter(isWordy)));
    return texts.filter((text) => !(exceptions[path] ?? []).includes(text)).map((text) => `${path}: ${text}`);
  });
  expect(found).toEqual([]);
});

/**
 * The files whose words go to people as they are, and which: names, figures, values of files, what another
 * program says. Errors, notes and refusals are of type `Sentence`; no other way leads around the languages.
 */
const asTheyAre: Readonly<Record<string, string>> = {
  "ground/errors.ts": "what a browser or a library threw",
  "ground/figures.ts": "a figure with its unit",
  "documents/text/decode-text.ts": "nothing, of bytes that are known by nothing",
  "engine/text/tokenizer/pre-tokenizer.ts": "a name in quotation marks",
  "engine/weights/config/config-metadata.ts": "a value of a file",
  "engine/weights/gguf/split-gguf.ts": "a file's name",
  "engine/weights/safetensors/hf-fields.ts": "a value of a file",
  "engine/weights/safetensors/safetensors-model.ts": "a file's name",
  "worker/models/disk/folders.ts": "a folder's name",
  "worker/models/disk/ollama.ts": "a program's name",
  "worker/rpc/client.ts": "what the browser says of a worker",
  "page/ui/markdown/diagram/draw-diagram.ts": "what Mermaid says of a diagram",
};

it("words that go to people as they are come from the files listed, and are no sentences", () => {
  const files = new Set<string>();
  const sentencesOf: string[] = [];
  for (const { path, file } of sources)
    walk(file, (node) => {
      if (ts.isAsExpression(node) && node.type.getText() === "Sentence") files.add(`${path} (as Sentence)`);
      if (!ts.isCallExpression(node) || node.expression.getText() !== "verbatim") return;
      files.add(path);
      const [text] = node.arguments;
      const words = text === undefined ? [] : bareTexts(text);
      sentencesOf.push(
        ...words.filter((one) => /[a-z]{2,} [a-z]{2,}/i.test(one)).map((one) => `${path}: ${one}`),
      );
    });
  expect([...files].sort()).toEqual(Object.keys(asTheyAre).sort());
  expect(sentencesOf).toEqual([]);
});
