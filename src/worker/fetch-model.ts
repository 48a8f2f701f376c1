import type { IncomingFile, ModelFiles } from "../storage/model-files";
import type { StoredFile } from "../storage/part-store";
import type { ByteSource } from "../weights/byte-source";
import { companionsAmong, companionsOnServer, type FindCompanion } from "../weights/companions";
import { allowedUrl } from "../weights/connections";
import { downloadHubFiles, hubAddress, openHubFiles, weightFilesOf } from "./hub-source";
import { openPicked } from "./picked-source";
import { openDownload, openHttp } from "../weights/http-source";
import type { FetchProgress, ModelId, ModelSource, StoredModel } from "./protocol";

const progressEveryMs = 100;

/** A model that need not be stored, open for its header. `close` ends its connection. */
export interface OpenModel extends ByteSource {
  readonly fileName: string;
  readonly findCompanion: FindCompanion;
  close(): Promise<void>;
}

/** Opens a model where it lies; over the network only as much is fetched as is read. */
export async function openSource(source: ModelSource, signal?: AbortSignal): Promise<OpenModel> {
  const findCompanion = companionsOf(source, signal);
  switch (source.kind) {
    case "bundled":
    case "url": {
      const opened = await openHttp(source.url, signal);
      return {
        fileName: opened.fileName,
        sizeBytes: opened.sizeBytes,
        read: (offset, length) => opened.read(offset, length),
        findCompanion,
        close: () => opened.close(),
      };
    }
    case "hub":
      return { ...openHubFiles(source, signal), findCompanion };
    case "file":
      return { ...openPicked(source), findCompanion, close: () => Promise.resolve() };
  }
}

function companionsOf(source: ModelSource, signal: AbortSignal | undefined): FindCompanion {
  switch (source.kind) {
    case "bundled":
    case "url":
      return companionsOnServer(source.url, signal);
    case "hub":
      return companionsOnServer(hubAddress(source, weightFilesOf(source)[0]!), signal);
    case "file":
      return companionsAmong(source.companions ?? []);
  }
}

export interface FetchOptions {
  /** Looks at the header while the rest arrives. Its rejection refuses the file; what it finds beside it is stored too. */
  readonly describe: (
    source: ByteSource,
    fileName: string,
    findCompanion: FindCompanion,
  ) => Promise<{ readonly name: string }>;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Downloads or copies a model into storage; one that is there already is the answer at once.
 *
 * @throws DownloadError, ModelFormatError, StorageError, what `describe` throws, AbortError or CancelledError; then
 *   nothing of the file is kept
 */
export async function fetchModel(
  files: ModelFiles,
  source: ModelSource,
  { describe, onProgress, signal }: FetchOptions,
): Promise<StoredModel> {
  let fileName = "";
  let totalBytes = 0;
  let described: Promise<{ readonly name: string }> | undefined;
  const companions: Record<string, string> = {};
  const findBeside = companionsOf(source, signal);
  const findCompanion: FindCompanion = async (name) => {
    const text = await findBeside(name);
    if (text !== undefined) companions[name] = text;
    return text;
  };
  const report = throttled((receivedBytes: number) => onProgress?.({ receivedBytes, totalBytes }));
  const stored = await files.store(
    idOf(source),
    async () => {
      const incoming = await openIncoming(source, signal);
      ({ fileName, sizeBytes: totalBytes } = incoming);
      report(0, true);
      if (source.kind === "file") {
        // All of it is at hand: a file that is refused is refused before anything is written.
        described = describe(openPicked(source), fileName, findCompanion);
        await described;
      }
      return incoming;
    },
    {
      describe: async (bytes) => {
        const { name } = await (described ?? describe(bytes, fileName, findCompanion));
        return { name, companions };
      },
      onProgress: (receivedBytes) => report(receivedBytes, receivedBytes === totalBytes),
      ...(signal && { signal }),
    },
  );
  return toStoredModel(stored);
}

async function openIncoming(source: ModelSource, signal: AbortSignal | undefined): Promise<IncomingFile> {
  switch (source.kind) {
    case "bundled":
    case "url": {
      const origin = { kind: source.kind, url: allowedUrl(source.url).href };
      return { ...(await openDownload(source.url, signal)), origin };
    }
    case "hub":
      return downloadHubFiles(source, signal);
    case "file": {
      const picked = openPicked(source);
      const origin = { kind: source.kind, fileName: picked.fileName };
      return { ...picked, origin, close: () => Promise.resolve() };
    }
  }
}

/** The same for the same source at each visit. */
function idOf(source: ModelSource): ModelId {
  switch (source.kind) {
    case "bundled":
    case "url":
      return `${source.kind}:${allowedUrl(source.url).href}`;
    case "hub":
      return `hub:${hubAddress(source, weightFilesOf(source)[0]!)}`;
    case "file": {
      const { name, size, lastModified } = source.file;
      return `file:${name}:${size}:${lastModified}`;
    }
  }
}

export function toStoredModel(file: StoredFile): StoredModel {
  const { id, name, fileName, sizeBytes, origin, addedAt, lastUsedAt } = file;
  return { id, name, fileName, sizeBytes, origin, addedAt, lastUsedAt };
}

/** Passes a call on when enough time has gone by since the last, or when it must not be lost. */
function throttled(call: (value: number) => void): (value: number, isDue?: boolean) => void {
  let lastAt = -Infinity;
  return (value, isDue = false) => {
    const now = performance.now();
    if (!isDue && now - lastAt < progressEveryMs) return;
    lastAt = now;
    call(value);
  };
}
