import { describe, expect, it } from "vitest";
import recorded from "./fixtures/constructs.json";
import { parseTemplate, renderTemplate } from "./interpreter";

const { variables } = recorded;
const render = (template: string) => renderTemplate(parseTemplate(template), variables);

const isText = (
  construct: (typeof recorded.constructs)[number],
): construct is { template: string; text: string } => "text" in construct;

/**
 * The sandbox of transformers forbids them, llama.cpp does not; and one that Python takes for two arguments.
 */
const moreThanPython = /do l\.index|l\.append|is in \('system'/;

describe("constructs of templates", () => {
  it.each(recorded.constructs.filter(isText))("$template", ({ template, text }) => {
    expect(render(template)).toBe(text);
  });

  const refused = recorded.constructs.filter((construct) => !isText(construct));
  it.each(refused.filter(({ template }) => !moreThanPython.test(template)))(
    "refuses $template",
    ({ template }) => {
      expect(() => render(template)).toThrow();
    },
  );

  it.each([
    ["{% set l = [1] %}{% do l.append(2) %}{{ l }}", "[1, 2]"],
    ["{% set ns = namespace(l=[]) %}{% set _ = ns.l.append('x') %}{{ ns.l }}", "['x']"],
    ["{{ 'user' is in ('system', 'user') }}", "True"],
  ])("%s, which Python's sandbox refuses", (template, text) => {
    expect(render(template)).toBe(text);
  });
});
