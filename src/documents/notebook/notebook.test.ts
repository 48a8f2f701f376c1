import { expect, it } from "vitest";
import { notebookToText } from "./notebook";

const make = (cells: readonly unknown[]) =>
  JSON.stringify({ cells, metadata: { kernelspec: { language: "julia" } }, nbformat: 4 });

it("a notebook is read cell by cell: text, code, and what the code printed", () => {
  const { text, notes } = notebookToText(
    make([
      { cell_type: "markdown", source: ["# Title\n", "Some *text*."] },
      {
        cell_type: "code",
        source: "print(1)\n",
        outputs: [
          { output_type: "stream", text: ["1\n", "\u001b[31mred\u001b[0m\n"] },
          { output_type: "execute_result", data: { "text/plain": ["3"], "text/html": ["<b>3</b>"] } },
          { output_type: "display_data", data: { "image/png": "iVBOR", "text/plain": "<Figure>" } },
        ],
      },
      {
        cell_type: "code",
        source: "1/0",
        outputs: [{ output_type: "error", ename: "E", traceback: ["Trace", "E: zero"] }],
      },
    ]),
    "a.ipynb",
  );
  expect(text).toBe(
    "# Title\nSome *text*.\n\n```julia\nprint(1)\n```\n\nOutput:\n```\n1\nred\n```\n\nOutput:\n```\n3\n```\n\n[Picture: <Figure>]\n\n" +
      "```julia\n1/0\n```\n\nOutput:\n```\nTrace\nE: zero\n```",
  );
  expect(notes.map(({ sentence }) => sentence)).toEqual(["1 picture was left out."]);
});

it("a notebook of the third version is read, and code with fences keeps them", () => {
  const cells = [
    { cell_type: "heading", level: 2, source: "Old" },
    { cell_type: "code", input: ["s = '''\n", "```\n", "'''"], outputs: [] },
  ];
  const { text } = notebookToText(JSON.stringify({ nbformat: 3, worksheets: [{ cells }] }), "a.ipynb");
  expect(text).toBe("## Old\n\n````python\ns = '''\n```\n'''\n````");
});

it("JSON that has no cells is read as it is, and that is said", () => {
  const { text, notes } = notebookToText('[["a", ["b"]], [["c"]]]', "a.ipynb");
  expect(text).toBe('[["a", ["b"]], [["c"]]]');
  expect(notes[0]!.sentence).toBe("The file has no cells, as a notebook has; it is read as it is.");
  expect(notebookToText(make([{ cell_type: "raw", source: [["one\n"], ["two"]] }]), "a.ipynb").text).toBe(
    "one\ntwo",
  );
});

it("text in lists of lists is read however deep it stands, and so are pictures of the third version", () => {
  const depth = 5000;
  const deep = `${"[".repeat(depth)}"deep"${"]".repeat(depth)}`;
  const source = `{"nbformat": 4, "cells": [[{"cell_type": "markdown", "source": ${deep}}]]}`;
  expect(notebookToText(source, "a.ipynb").text).toBe("deep");
  const odd = '{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": {"text": "a word"}}]}';
  expect(notebookToText(odd, "a.ipynb").text).toBe(odd);
  const outputs = [{ png: "iVBOR", text: ["<Figure>"] }, { html: "<b>bold</b>" }];
  const cells = [{ cell_type: "code", input: "f()", outputs }];
  const old = notebookToText(JSON.stringify({ nbformat: 3, worksheets: [{ cells }] }), "a.ipynb");
  expect(old.text).toBe("```python\nf()\n```\n\n[Picture: <Figure>]\n\nOutput:\n```\nbold\n```");
  expect(old.notes.map(({ sentence }) => sentence)).toEqual(["1 picture was left out."]);
});

it("an output longer than all the rest is cut in the middle, and that is said", () => {
  const text = `start${"x".repeat(1e6)}end`;
  const read = notebookToText(make([{ cell_type: "code", source: "", outputs: [{ text }] }]), "a.ipynb");
  expect(read.text.length).toBeLessThan(21_000);
  expect(read.text).toContain("start");
  expect(read.text).toContain("end");
  expect(read.notes[0]!.sentence).toContain("1 output longer than 20,000 characters was cut");
});

it("a notebook that is cut off, or of other things than cells, is bounded", () => {
  expect(() => notebookToText('{"cells": [', "a.ipynb")).toThrow(/damaged: it is no JSON/);
  const odd = '{"cells": [1, null, {"cell_type": 3}, []]}';
  expect(notebookToText(odd, "a.ipynb").text).toBe(odd);
  expect(notebookToText(make([{ cell_type: "code", source: "" }]), "a.ipynb").text).toBe("");
  expect(() => notebookToText("[".repeat(1e6), "a.ipynb")).toThrow(/damaged/);
});
