import { expect, it } from "vitest";
import type { Attachment } from "../../../stores/documents/attachments";
import { detailFacts, rowFacts } from "./attachment-facts";
import { verbatim } from "../../../../language/language";

const info = {
  id: "1",
  name: "report.pdf",
  sizeBytes: 1_204_000,
  nCharacters: 90,
  unit: "page",
  nUnits: 3,
  starts: [0, 30, 60],
  numbers: [1, 2, 3],
  notes: [],
} as const;

const attachment: Attachment = {
  key: "a",
  name: "report.pdf",
  sizeBytes: 1_204_000,
  isPasted: false,
  reading: { phase: "read", info },
  tokens: { phase: "known", modelId: "m", perPart: [1000, 200, 34] },
  range: null,
};
const range = { start: 30, end: 60, label: "page 2" };

it("a row says the length, and of a part which part it is", () => {
  expect(rowFacts(attachment)).toBe("3 pages · 1,234 tokens");
  expect(rowFacts({ ...attachment, range })).toBe("200 tokens in page 2");
});

it("a row says what is being done", () => {
  expect(rowFacts({ ...attachment, tokens: { phase: "none" } })).toBe("3 pages");
  expect(rowFacts({ ...attachment, tokens: { phase: "counting", share: 0.406 } })).toBe(
    "3 pages · counting tokens, 40\u00a0%…",
  );
  const progress = { pages: 3, totalPages: 1300, pieces: 12_000 };
  expect(rowFacts({ ...attachment, reading: { phase: "reading", progress } })).toBe(
    "reading page 3 of 1,300, 12,000 words or lines of the next…",
  );
});

it("a row that failed says why, and what to do", () => {
  const error = {
    code: "document",
    message: verbatim("It is empty."),
    hint: verbatim("Attach another file."),
  } as const;
  expect(rowFacts({ ...attachment, reading: { phase: "failed", error } })).toBe(
    "It is empty. Attach another file.",
  );
});

it("the details say the whole length, also where a part is chosen", () => {
  expect(detailFacts({ ...attachment, range })).toBe(
    "1.20\u00a0MB · 3 pages · 1,234 tokens · page 2 of it will be read",
  );
});
