import { Template } from "@huggingface/jinja";
import { expect, it } from "vitest";
import { BoundedTemplate } from "./bounded-template";

it.each([
  "{% for i in range(10000) %}{% for j in range(10000) %}{% endfor %}{% endfor %}",
  "{% set r = range(9000) %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}",
  "{% set r = range(10000) %}{% for i in r %}{% for j in r if false %}{% endfor %}{% endfor %}",
  "{% set r = range(10000) %}{% for i in r %}{% for j in r %}{% break %}{% endfor %}{% endfor %}",
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
  "{% for i in range(3) %}{{ i }}{% else %}none{% endfor %}{{ range(2, 9, 3) }}{{ range(5, 0, -2) }}{{ range(0) }}",
  "{%- for m in messages[::-1] %}\n  {%- if loop.first %}{{ loop.index0 }}{% endif %}\n{{ m.role }}\n{%- endfor %}",
  "{% macro f(x, y=2) %}[{{ x }}{{ y }}]{% endmacro %}{{ f(1) }}{% for k in {'a': range(2)} %}{{ k }}{% endfor %}",
  "{% for i in range(0) %}{{ i }}{% else %}none{% endfor %}{{ range(nothing) }}",
  "{% macro range(n) %}mine {{ n }}{% endmacro %}{{ range(3) }}{% for range in [1] %}{{ range }}{% endfor %}",
])("gives what the library gives: %s", (source) => {
  const items = { messages: [{ role: "user" }, { role: "assistant" }] };
  expect(new BoundedTemplate(source).render(items)).toBe(new Template(source).render(items));
});

it("refuses a range without an end", () => {
  expect(() => new BoundedTemplate("{{ range(0, 5, 0) }}").render({})).toThrow("range()");
});
