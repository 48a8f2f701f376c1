import {
  createCssVariablesTheme,
  createHighlighterCore,
  type HighlighterCore,
  type LanguageInput,
} from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { escapeHtml } from "./escape-html";
import { grammars } from "./grammars";
import { findGrammar } from "./languages";

const prefix = "--code-";
const theme = createCssVariablesTheme({ name: "variables", variablePrefix: prefix });
let highlighter: Promise<HighlighterCore> | undefined;

/**
 * The code's lines as HTML of spans, whose colours are variables of the page; undefined for a language
 * without a grammar here.
 */
export async function highlight(code: string, language: string): Promise<readonly string[] | undefined> {
  const found = findGrammar(language);
  if (!found) return undefined;
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const [shiki, grammar] = await Promise.all([highlighter, grammars[found]()]);
  const registrations = grammar.default as { name: string }[];
  if (!shiki.getLoadedLanguages().includes(registrations.at(-1)!.name))
    await shiki.loadLanguage(registrations as unknown as LanguageInput);
  const lines = shiki.codeToTokensBase(code, {
    lang: registrations.at(-1)!.name,
    theme: "variables",
    tokenizeMaxLineLength: 2000,
    tokenizeTimeLimit: 2_000,
  });
  return lines.map((line) => line.map(({ content, color }) => spanOf(content, color)).join(""));
}

function spanOf(text: string, color: string | undefined): string {
  const escaped = escapeHtml(text);
  if (!color || color.startsWith(`var(${prefix}foreground`) || !/^var\(--[\w-]+\)$/.test(color))
    return escaped;
  return `<span style="color:${color}">${escaped}</span>`;
}
