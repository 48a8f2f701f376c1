import { CancelledError, toWireError } from "../ground/errors";
import { hearLanguage, isSpeak } from "../language/worker-language";
import { DocumentStorage } from "../storage/documents";
import type { DocumentText } from "../storage/documents";
import { findQuotations } from "./quotations/find-quotations";
import type { DocumentCallName, DocumentCalls, FromDocuments, ToDocuments } from "./protocol";
import { readDocument } from "./read-document";
import { piecesOf } from "./text/pieced-text";
import { searchText } from "./quotations/search-text";

/**
 * Reads files, keeps their texts, and looks things up in them: all that is long for the page's own thread.
 */

interface Context<Name extends DocumentCallName> {
  readonly progress: (progress: DocumentCalls[Name]["progress"]) => void;
  readonly signal: AbortSignal;
}

type Handlers = {
  readonly [Name in DocumentCallName]: (
    args: DocumentCalls[Name]["args"],
    context: Context<Name>,
  ) => Promise<DocumentCalls[Name]["result"]>;
};

const storage = new DocumentStorage();
/** The address at which vite.config.ts puts pdf.js' character maps. */
const cMapUrl = served("cmaps/");
/** Other folders that vite.config.ts fills: pdf.js' decoders, and Tesseract with its languages. */
const decodersUrl = served("decoders/");
const recognitionFiles = {
  worker: served("recognition/worker.min.js"),
  core: served("recognition/tesseract-core-simd-lstm.js"),
  languages: served("recognition"),
};

function served(path: string): string {
  return new URL(`${import.meta.env.BASE_URL}${path}`, self.location.origin).href;
}

/** The text used last: a search asks for it at each key. */
let last: DocumentText | null = null;
const textOf = async (id: string): Promise<DocumentText> =>
  (last = last?.id === id ? last : await storage.read(id));

const handlers: Handlers = {
  read: async ([source, choices], { progress, signal }) => {
    const { document, info } = await readDocument(source, {
      ...choices,
      cMapUrl,
      decodersUrl,
      recognitionFiles,
      onProgress: progress,
      signal,
    });
    if (signal.aborted) throw new CancelledError();
    await storage.put(document);
    return info;
  },
  unpack: async ([source]) => {
    if (source.kind === "pasted") return { files: [], leftOut: [] };
    const { unpackFiles } = await import("./containers");
    const { name } = source;
    const { files, leftOut } = await unpackFiles(new Uint8Array(await source.file.arrayBuffer()), name);
    return {
      files: files.map(({ path, bytes }) => ({ path, file: new File([bytes], path.split("/").at(-1)!) })),
      leftOut,
    };
  },
  describe: async ([id]) => {
    const { text, addedAt: _, marks: __, leftOut: ___, notes = [], ...shared } = await storage.read(id);
    return { ...shared, notes, nCharacters: text.length };
  },
  text: async ([id], { progress }) => {
    const { text, ...shown } = await textOf(id);
    for (const piece of piecesOf(text)) progress(piece);
    return shown;
  },
  search: async ([id, query]) => searchText(await textOf(id), query),
  chooseFiles: async (args) => (await import("./folder/choose-files")).chooseFiles(...args),
  findQuotations: async ([answer, documents]) => {
    const texts = documents.map(async ({ id, ...how }) => ({ document: await storage.read(id), ...how }));
    return findQuotations(answer, await Promise.all(texts));
  },
};

const running = new Map<number, AbortController>();
const post = (message: FromDocuments) => self.postMessage(message);

async function answer({ id, name, args }: Extract<ToDocuments, { type: "call" }>): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  const context = {
    signal: controller.signal,
    progress: (progress: unknown) => post({ type: "progress", id, progress }),
  };
  // A name and its arguments belong together by DocumentCalls, which the page's side has checked.
  const handler = handlers[name] as (args: readonly unknown[], context: unknown) => Promise<unknown>;
  try {
    post({ type: "result", id, result: await handler(args, context) });
  } catch (error) {
    post({ type: "error", id, error: toWireError(controller.signal.aborted ? new CancelledError() : error) });
  } finally {
    running.delete(id);
  }
}

hearLanguage();
self.addEventListener("message", ({ data }: MessageEvent<ToDocuments>) => {
  if (isSpeak(data)) return;
  if (data.type === "call") void answer(data);
  else running.get(data.id)?.abort();
});
