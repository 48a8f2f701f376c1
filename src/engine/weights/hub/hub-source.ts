import type { PieceMemory } from "../../../ground/read-blob";
import type { SourceFile } from "../bytes/byte-source";
import { CancelledError, DownloadError } from "../../../ground/errors";
import { openDownload, type Download, type DownloadOptions } from "./download";
import { openHttp, type HttpSource } from "./http-source";
import { hubFileUrl } from "./hub";
import { joinedPieces, joinSources } from "../bytes/joined-source";
import type { HubFile, HubOrigin } from "../../../ground/model-origin";
import { counted, formatCount } from "../../../ground/figures";
import { t } from "../../../language/language";

/**
 * Stretches of a file that are downloaded at once, where the server gives stretches; each takes memory of a
 * part.
 */
export const usualConnections = 3;

/** The files that hold the weights; the others belong to them, such as tokenizer.json. */
export function weightFilesOf({ files }: HubOrigin): readonly HubFile[] {
  return files.filter(({ path }) => /\.(gguf|safetensors)$/i.test(path));
}

/** The address of a file of the model: by its commit, so that nothing of a later one is mixed in. */
export function hubAddress({ hubUrl, repo, revision }: HubOrigin, { path }: HubFile): string {
  return hubFileUrl(hubUrl, repo, revision, path).href;
}

/** Files of a hub as one source, each opened when it is read and only as far as it is. */
export function openHubFiles(origin: HubOrigin, signal: AbortSignal | undefined) {
  const opened: HttpSource[] = [];
  const files = weightFilesOf(origin);
  const joined = joinSources(
    files.map((file) => ({
      ...namedFile(file),
      open: async () => {
        const source = await openHttp(hubAddress(origin, file), signal);
        opened.push(source);
        checkSize(file, source);
        return source;
      },
    })),
  );
  return {
    ...joined,
    fileName: nameOf(files[0]!),
    close: async () => void (await Promise.all(opened.map((source) => source.close()))),
  };
}

/** Files of a hub on their way, as one. */
export interface HubDownload {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** The files of a model in several, which lie behind one another. */
  readonly files?: readonly SourceFile[];
  /** Each file with the hash it should have, where the hub tells it. */
  readonly sections: readonly (SourceFile & { readonly sha256: string | undefined })[];
  readonly origin: HubOrigin;
  /** The commit. */
  readonly version: string;
  /** The number of stretches that may be asked for at once. */
  readonly connections: number;
  /** Bytes [start, end); each piece is used before the next is asked for. */
  pieces(
    start: number,
    end: number,
    signal?: AbortSignal,
    memory?: PieceMemory,
  ): AsyncIterable<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Downloads files of a hub as one; each is opened when its bytes are first asked for. */
export async function downloadHubFiles(origin: HubOrigin, options: DownloadOptions): Promise<HubDownload> {
  const files = weightFilesOf(origin);
  const opened = new Map<HubFile, Promise<Download>>();
  const closed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closed.signal]) : closed.signal;
  const open = (file: HubFile) => {
    const found = opened.get(file);
    if (found) return found;
    // The later ones are opened in the middle of the download: as patiently as it goes on.
    const patience = file === files[0] ? {} : { openingRetries: Infinity };
    const opening = openDownload(hubAddress(origin, file), { ...options, ...patience, signal }).then(
      async (download) => {
        if (download.sizeBytes !== file.sizeBytes) await download.close();
        checkSize(file, download);
        return download;
      },
    );
    opened.set(file, opening);
    opening.catch(() => opened.delete(file)); // another part tries again
    return opening;
  };
  const { hasRanges } = await open(files[0]!);
  return {
    fileName: nameOf(files[0]!),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    ...(files.length > 1 && { files: files.map(namedFile) }),
    sections: files.map((file) => ({ ...namedFile(file), sha256: file.sha256 })),
    origin,
    version: origin.revision,
    connections: hasRanges ? usualConnections : 1,
    pieces: (start, end, ended, memory) =>
      joinedPieces(files, start, end, async function* (file, from, to) {
        yield* (await unlessAborted(open(file), ended)).pieces(from, to, ended, memory);
      }),
    close: async () => {
      closed.abort();
      const downloads = await Promise.allSettled(opened.values());
      for (const download of downloads) if (download.status === "fulfilled") await download.value.close();
    },
  };
}

/** Waits for work that several share, until `signal` aborts; the work itself goes on. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CancelledError());
    if (signal.aborted) return cancel();
    signal.addEventListener("abort", cancel, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", cancel));
  });
}

const nameOf = ({ path }: HubFile) => path.slice(path.lastIndexOf("/") + 1);
const namedFile = (file: HubFile) => ({ name: nameOf(file), sizeBytes: file.sizeBytes });

function checkSize(file: HubFile, { host, sizeBytes }: { host: string; sizeBytes: number }): void {
  if (sizeBytes === file.sizeBytes) return;
  throw new DownloadError(
    t("{host} gives “{nameOf}” with {bytes}; the hub lists it with {sizeBytes}.", {
      host,
      nameOf: nameOf(file),
      bytes: counted(sizeBytes, "byte"),
      sizeBytes: formatCount(file.sizeBytes),
    }),
    { hint: t("Look the repository up again. If it stays so, the hub or its mirror has a problem.") },
  );
}
