import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const folder = import.meta.dirname;
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const withoutComments = (css: string) => css.replace(/\/\*[^]*?\*\//g, "");

const components = paths.filter((path) => /(?<!\.test)\.tsx?$/.test(path));
const sheets = paths.filter((path) => path.endsWith(".module.css"));
/** The sheets of the whole page. */
const globalSheets = paths.filter((path) => path.endsWith(".css") && !sheets.includes(path));
const tokens = withoutComments(read("shell/tokens.css"));

/** Selectors of a sheet, those inside of `@media` too. */
const selectorsOf = (sheet: string) =>
  [...withoutComments(read(sheet)).matchAll(/([^{};]+)\{/g)].map((match) => match[1]!.trim());

/** A sheet's own classes: what a library names, `:global(…)`, is none. */
const classesOf = (sheet: string) =>
  new Set(
    selectorsOf(sheet)
      .map((selector) => selector.replace(/:global\([^)]*\)/g, ""))
      .flatMap((selector) => selector.match(/(?<=\.)[a-z][\w-]*/gi) ?? []),
  );

/** The sheets that a component imports, by the name it gives them. */
const importsOf = (component: string) =>
  [...read(component).matchAll(/^import (\w+) from "([^"]+\.module\.css)";$/gm)].map(
    ([, name, path]) => [name!, relative(folder, join(folder, dirname(component), path!))] as const,
  );

const uses = components.flatMap((component) =>
  importsOf(component).flatMap(([name, sheet]) =>
    [...read(component).matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))].map((match) => ({
      component,
      sheet,
      name: match[1]!,
    })),
  ),
);

describe("classes", () => {
  it("a component uses only those that a sheet it imports has", () => {
    expect(uses.length).toBeGreaterThan(200);
    expect(uses.filter(({ sheet, name }) => !sheets.includes(sheet) || !classesOf(sheet).has(name))).toEqual(
      [],
    );
  });

  it("no component names one by a string, which no sheet has to have", () => {
    const values = components.flatMap((component) =>
      [...read(component).matchAll(/className=("[^"]*"|\{(?:[^{}`]|`[^`]*`)*\})/g)].map((match) => match[1]!),
    );
    expect(values.length).toBeGreaterThan(200);
    const isString = (value: string) =>
      /["']/.test(value) ||
      [...value.matchAll(/`([^`]*)`/g)].some(([, text]) => /\w/.test(text!.replace(/\$\{[^}]*\}/g, "")));
    expect(values.filter(isString)).toEqual([]);
  });

  it.each(sheets)("every one of %s is used", (sheet) => {
    const used = new Set(uses.filter((use) => use.sheet === sheet).map(({ name }) => name));
    expect([...classesOf(sheet)].filter((name) => !used.has(name))).toEqual([]);
  });

  it.each(globalSheets)("%s, which is the whole page's, has none", (sheet) => {
    expect([...classesOf(sheet)]).toEqual([]);
  });

  it.each(sheets)("every rule of %s is about one of its classes", (sheet) => {
    const selectors = selectorsOf(sheet).filter((one) => !/^(?:@|from$|to$|\d+%$)/.test(one));
    const alternatives = selectors.flatMap((one) =>
      one.replace(/\((?:[^()]|\([^()]*\))*\)/g, (nested) => nested.replaceAll(",", " ")).split(","),
    );
    expect(alternatives.filter((one) => !/\.[a-z]/i.test(one))).toEqual([]);
  });
});

it("no two sheets or keyframes of the page have one name", () => {
  const stems = sheets.map((sheet) => sheet.split("/").at(-1)!);
  expect(stems.filter((stem, i) => stems.indexOf(stem) !== i)).toEqual([]);
  const keyframes = globalSheets.flatMap((sheet) =>
    [...read(sheet).matchAll(/@keyframes (\w+)/g)].map((m) => m[1]!),
  );
  expect(keyframes.filter((name, i) => keyframes.indexOf(name) !== i)).toEqual([]);
});

describe("tokens", () => {
  /** Declarations outside of tokens.css. */
  const declarations = [...sheets, ...globalSheets.filter((sheet) => !sheet.endsWith("tokens.css"))].flatMap(
    (sheet) =>
      [...withoutComments(read(sheet)).matchAll(/(?<=[{;]\s*)([a-z-]+):\s*([^;{}]+);/g)].map((match) => ({
        sheet,
        property: match[1]!,
        value: match[2]!,
      })),
  );

  it("no colour is written out elsewhere: no #hex, no function of a colour, no name", () => {
    expect(declarations.length).toBeGreaterThan(500);
    // CanvasText and Highlight are the person's own, in forced colours.
    const literal =
      /#[\da-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|light-dark)a?\(|\b(?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple|pink|brown|silver|gold)\b/i;
    expect(declarations.filter(({ value }) => literal.test(value.replaceAll(/var\([^)]*\)/g, "")))).toEqual(
      [],
    );
  });

  it("spaces, radii and type sizes in rem are tokens", () => {
    const scaled = /^(?:(?:padding|margin)(?:-[a-z]+)*|(?:row-|column-)?gap|border-radius|font|font-size)$/;
    expect(
      declarations.filter(({ property, value }) => scaled.test(property) && /\drem/.test(value)),
    ).toEqual([]);
  });

  it("every token that is used is there, and every one that is there is used", () => {
    const defined = new Set([...tokens.matchAll(/(--[\w-]+):/g)].map((match) => match[1]!));
    const text = [...sheets, ...globalSheets, ...components].map(read).join("\n");
    const used = new Set([...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]!));
    // `--series` is the chart's own, `--depth` a token's, `--share` a panel's, `--ground` what a box of a
    // table stands on; kinds of memory are chosen by name.
    const own = ["--depth", "--ground", "--kind-", "--series", "--share"];
    const undefinedHere = [...used].filter((name) => !defined.has(name) && !name.startsWith("--radix-"));
    expect(undefinedHere.sort()).toEqual(own);
    expect([...defined].filter((name) => !used.has(name) && !name.startsWith("--kind-"))).toEqual([]);
  });
});

/** Declarations that may name a side of the window, and why: they hold in both directions of writing. */
const physical: Readonly<Record<string, string>> = {
  "chat/Conversation.module.css left: 50%": "centred by a translation, which knows no direction",
  "palette/Palette.module.css left: 50%": "centred by a translation, which knows no direction",
  "parts/ResizeHandle.module.css left: 50%": "centred by a translation, which knows no direction",
  "parts/Sheet.module.css left: 50%": "centred by a translation, which knows no direction",
  "parts/Sheet.module.css left: 0": "takes back the centred edge, and spans the window",
  "markdown/diagram/DrawingFrame.module.css inset: 0 auto auto 0": "a drawing's own coordinates",
};

it("no declaration names the left or the right, which a language from the right turns round", () => {
  /** The values of a shorthand; spaces inside of a function part none. */
  const parts = (value: string) => value.trim().match(/(?:[^\s()]+|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
  const isPhysical = (property: string, value: string) =>
    /^(?:left|right|float|(?:margin|padding|border)-(?:left|right)(?:-\w+)?)$/.test(property) ||
    (property === "text-align" && /left|right/.test(value)) ||
    (/^(?:margin|padding|inset)$/.test(property) &&
      parts(value).length === 4 &&
      parts(value)[1] !== parts(value)[3]);
  const found = [...sheets, ...globalSheets].flatMap((sheet) =>
    [...withoutComments(read(sheet)).matchAll(/(?<=[{;]\s*)([a-z-]+):\s*([^;{}]+);/g)]
      .filter(([, property, value]) => isPhysical(property!, value!))
      .map(([, property, value]) => `${sheet} ${property}: ${value}`),
  );
  expect(found.sort()).toEqual(Object.keys(physical).sort());
});

/**
 * Selectors that ask what stands anywhere below an element that holds the conversation. Each thing put into
 * the page has the browser go through all of it for them: 2 ms a frame behind an answer of 10,000 tokens.
 */
it("no rule asks what stands anywhere in the page", () => {
  const asking = [...sheets, ...globalSheets]
    .filter((sheet) => sheet !== "shell/print.css")
    .flatMap((sheet) =>
      selectorsOf(sheet)
        .filter((selector) =>
          /(?:^|[\s,>+~])(?:html|body|main|#root|:root|\.app)?:has\(\s*(?!>|\+|~)/.test(selector),
        )
        .map((selector) => `${sheet}: ${selector}`),
    );
  expect(asking).toEqual([]);
});
