import { expect, it } from "vitest";
import { BoundedTemplate } from "./bounded-template";

it.each([
  "{% for i in range(10000) %}{% for j in range(10000) %}{% endfor %}{% endfor %}",
  "{% set r = range(9000) %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}",
  "{% set r = range(10000) %}{% for i in r %}{% for j in r if false %}{% endfor %}{% endfor %}",
  "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
])(
  "ends where it would not: %s",
  (source) => {
    const startedAt = performance.now();
    expect(() => new BoundedTemplate(source).render({})).toThrow("did not end");
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  },
  60_000,
);

it.each(["{{ range(1000000000) }}", "{% set f = range %}{% for i in f(1000000000) %}{% endfor %}"])(
  "refuses to make a list of %s",
  (source) => expect(() => new BoundedTemplate(source).render({})).toThrow("items at most"),
);

it.each([
  ["{{ 'x' * 1000000000 }}", "characters"],
  ["{% set s = 'xxxxxxxxxx' %}{{ s.center(100000000) }}", "characters"],
])("refuses to make a text of %s", (source, words) => {
  expect(() => new BoundedTemplate(source).render({})).toThrow(words);
});

it("refuses a range without an end", () => {
  expect(() => new BoundedTemplate("{{ range(0, 5, 0) }}").render({})).toThrow("range()");
});
