import { expect, it } from "vitest";
import { extraTextOf, freeTextOf, type Annotation } from "./forms";
import { xfaLines } from "./xfa";

const widget = (name: string, more: Partial<Annotation> = {}, top = 700): Annotation => ({
  subtype: "Widget",
  rect: [72, top - 14, 200, top],
  fieldType: "Tx",
  fieldName: name,
  ...more,
});
const textOf = (...annotations: Annotation[]) => extraTextOf(annotations).map(({ text }) => text);

it("form fields are listed from the top, by what people are told they are", () => {
  expect(
    textOf(
      widget("form1[0].city[0]", { fieldValue: "Linz" }, 600),
      widget("a", { alternativeText: "Your name", fieldValue: "Ada" }, 700),
      widget("left", { fieldValue: "" }, 500),
    ),
  ).toEqual(["[Form fields]\nYour name: Ada\ncity: Linz\nleft: (empty)"]);
});

it("boxes, buttons and lists say what is chosen", () => {
  const options = [
    { exportValue: "1", displayValue: "one" },
    { exportValue: "2", displayValue: "two" },
  ];
  expect(
    textOf(
      widget("paid", { fieldType: "Btn", checkBox: true, fieldValue: "Yes", exportValue: "Yes" }, 700),
      widget("sent", { fieldType: "Btn", checkBox: true, fieldValue: "Off", exportValue: "Yes" }, 690),
      widget("colour", { fieldType: "Btn", radioButton: true, fieldValue: "red", buttonValue: "red" }, 680),
      widget("colour", { fieldType: "Btn", radioButton: true, fieldValue: "red", buttonValue: "blue" }, 670),
      widget("number", { fieldType: "Ch", fieldValue: ["2"], options }, 660),
      widget("send", { fieldType: "Btn", pushButton: true }, 650),
    ),
  ).toEqual(["[Form fields]\npaid: yes\nsent: no\ncolour: red\nnumber: two (of: one, two)"]);
});

it("a value that is shown in another way is given in both", () => {
  expect(textOf(widget("sum", { fieldValue: "232324", textContent: ["232,324.00"] }))).toEqual([
    "[Form fields]\nsum: 232,324.00 (stored as 232324)",
  ]);
});

it("hidden fields and passwords are not told", () => {
  expect(
    textOf(
      widget("x", { hidden: true, fieldValue: "a" }),
      widget("y", { annotationFlags: 2, fieldValue: "b" }),
    ),
  ).toEqual([]);
  expect(textOf(widget("key", { password: true, fieldValue: "secret" }))).toEqual([
    "[Form fields]\nkey: (a password)",
  ]);
});

it("comments are told with their author and what they are on", () => {
  const comment = (str: string, more: Partial<Annotation>): Annotation => ({
    subtype: "Highlight",
    rect: [0, 0, 9, 9],
    contentsObj: { str },
    ...more,
  });
  expect(
    extraTextOf([
      comment("Is this so?", { titleObj: { str: "Ada" }, overlaidText: "4,711 boxes" }),
      comment("", { overlaidText: "marked only" }),
      comment("a link's", { subtype: "Link" }),
    ]),
  ).toEqual([{ kind: "annotation", text: "[Comments]\nAda: Is this so? (on “4,711 boxes”)" }]);
});

it("what was typed onto a page is text at its place", () => {
  const items = freeTextOf([
    { subtype: "FreeText", rect: [72, 600, 172, 630], contentsObj: { str: "two\rlines" } },
  ]);
  expect(items.map(({ str, transform }) => [str, transform[4]])).toEqual([
    ["two", 72],
    ["lines", 72],
  ]);
  expect(items[0]!.transform[5]!).toBeGreaterThan(items[1]!.transform[5]!);
});

it("an XFA form is captions with their values", () => {
  const field = (caption: string, input: object) => ({
    name: "div",
    attributes: { class: ["xfaField"] },
    children: [
      { name: "div", attributes: { class: ["xfaCaption"] }, children: [{ name: "#text", value: caption }] },
      { name: "div", attributes: { class: ["xfaLeft"] }, children: [input] },
    ],
  });
  const root = {
    name: "div",
    children: [
      { name: "div", children: [{ name: "p", children: [{ name: "#text", value: "Application" }] }] },
      field("Name", { name: "input", attributes: { type: "text", value: "Ada" } }),
      field("Agreed", { name: "input", attributes: { type: "checkbox", checked: true } }),
      field("Country", {
        name: "select",
        children: [
          { name: "option", value: "Austria", attributes: { selected: true } },
          { name: "option", value: "Italy", attributes: {} },
        ],
      }),
    ],
  };
  expect(xfaLines(root).map(({ text }) => text)).toEqual([
    "Application",
    "Name Ada",
    "Agreed [x]",
    "Country Austria",
  ]);
});

it("a nest of 100,000 parts of a form overflows nothing", () => {
  let node: object = { name: "#text", value: "deep" };
  for (let depth = 0; depth < 100_000; depth++) node = { name: "div", children: [node] };
  expect(xfaLines(node).map(({ text }) => text)).toEqual(["deep"]);
});
