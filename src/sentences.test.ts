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
    case "plural":
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

it("Chinese sentences end with full-width marks", () => {
  expect(
    sentences.map(([, text]) => text).filter((text) => /[一-鿿][,;:?!](?!\d)|[一-鿿]\.$/.test(text)),
  ).toEqual([]);
});

/** Attributes that people see or hear. */
const shown =
  /^(title|label|hint|alt|placeholder|description|heading|aria-(label|description|valuetext|roledescription))$/;
const errors =
  /^(App|ModelFormat|UnsupportedModel|Device|OutOfMemory|Download|FileChanged|Storage|Document|Prompt)Error$/;

/** Texts that are the same in every language, or that people write, by file. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  "page/ui/settings/HubSettings.tsx": ["hf_…"],
};

const isWordy = (text: string) => /[A-Za-z]{2}/.test(text);

/** True for an argument of a call that translates, or marks what is translated later. */
function isGiven(node: ts.Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isCallExpression(up) && /^(t|tn|mark|rich|pieces|counted|plural)$/.test(up.expression.getText()))
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
  if (ts.isNewExpression(node) && errors.test(node.expression.getText()))
    return (node.arguments ?? []).flatMap((argument) =>
      ts.isObjectLiteralExpression(argument)
        ? argument.properties.flatMap((one) =>
            ts.isPropertyAssignment(one) && one.name.getText() === "hint" ? bareTexts(one.initializer) : [],
          )
        : bareTexts(argument).filter((text) => text.includes(" ")),
    );
  if (ts.isCallExpression(node) && node.expression.getText() === "notify" && node.arguments[0])
    return bareTexts(node.arguments[0]);
  return [];
}

it("no sentence that people read stands outside of the languages", () => {
  const found = sources.flatMap(({ path, file }) => {
    const texts: string[] = [];
    walk(file, (node) => texts.push(...outside(node).filter(isWordy)));
    return texts.filter((text) => !(exceptions[path] ?? []).includes(text)).map((text) => `${path}: ${text}`);
  });
  expect(found).toEqual([]);
});
