import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { DocumentStorage, type DocumentText } from "../../storage/documents";
import { fixtureMetadata } from "../../engine/text/tokenizer/fixture-vocabulary";
import { createTextModel } from "../../engine/text/text-model";
import { DocumentParts } from "./document-parts";
import { countDocument, partsOf, withDocumentTexts } from "./prompt-documents";

const document: DocumentText = {
  id: "d",
  text: "one\ntwo\nthree\n",
  unit: "line",
  starts: [0, 4, 8],
  numbers: [1, 2, 3],
  addedAt: 0,
};

it("puts texts in place of ids, and only the part that was asked about", async () => {
  const storage = new DocumentStorage("documents-3");
  await storage.put(document);
  const documentParts = new DocumentParts(storage);
  const range = { start: 4, end: 8, label: "line 2" };
  const messages = await withDocumentTexts(
    [
      { role: "system", content: "s" },
      {
        role: "user",
        content: "q",
        documents: [
          { id: "d", name: "a.txt", range: null },
          { id: "d", name: "a.txt", range },
        ],
      },
    ],
    documentParts,
  );
  expect(messages).toEqual([
    { role: "system", content: "s" },
    {
      role: "user",
      content: "q",
      documents: [
        { name: "a.txt", parts: ["one\n", "two\n", "three\n"] },
        { name: "a.txt, line 2", parts: ["two\n"] },
      ],
    },
  ]);
  const lost = [{ role: "user", content: "q", documents: [{ id: "x", name: "b", range: null }] }] as const;
  await expect(withDocumentTexts(lost, documentParts)).rejects.toMatchObject({ code: "storage" });
});

it("counts each part as the prompt will have it, with pauses that can be used to stop", async () => {
  const model = createTextModel({ kind: "gguf", metadata: fixtureMetadata("qwen35", { nMerges: 1000 }) });
  const never = new AbortController().signal;
  const counts = await countDocument(model, document, () => {}, never);
  expect(counts).toEqual(partsOf(document).map((part) => model.encode(part).length));

  const stop = new AbortController();
  const counting = countDocument(model, document, () => stop.abort(), stop.signal, 0);
  await expect(counting).rejects.toMatchObject({ code: "cancelled" });
});
