import { expect, it } from "vitest";
import { fileNameOf } from "./file-name";
import { highlight } from "./highlight";

it("marks keywords, strings and comments by variables, and changes no letter", async () => {
  const code = 'if (a < b && c) { s = "x"; } // end';
  const [line] = (await highlight(code, "JavaScript"))!;
  expect(line).toContain('<span style="color:var(--code-token-keyword)">if</span>');
  expect(line).toContain("--code-token-string");
  expect(line).toContain("--code-token-comment");
  const text = line!
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
  expect(text).toBe(code);
});

it.each(["py", "tsx", "bash", "cpp", "html", "yaml", "sql", "rust", "md", "wgsl"])(
  "%s has a grammar",
  async (name) => {
    const lines = await highlight("a = 1\n<b>", name);
    expect(lines).toHaveLength(2);
  },
);

// The grammars that are compiled beforehand miss ends that repeat what they began with.
it("a docstring ends at its quotes", async () => {
  const lines = (await highlight('"""Area."""\nreturn 1', "python"))!;
  expect(lines[1]).toContain('<span style="color:var(--code-token-keyword)">return</span>');
});

it("a language that nobody knows is undefined", async () => {
  expect(await highlight("x", "klingon")).toBeUndefined();
});

it.each([
  ["python", "code.py"],
  ["C++", "code.cpp"],
  ["ts", "code.ts"],
  ["Dockerfile", "Dockerfile"],
  ["", "code.txt"],
  ["../x", "code.txt"],
  ["constructor", "code.txt"],
])("code in %j is saved as %s", (language, name) => {
  expect(fileNameOf(language)).toBe(name);
});
