import { StorageError } from "../../ground/errors";
import type { IncomingFile, ModelFiles, UnfinishedFile } from "../../storage/models/model-files";
import type { StoredFile } from "../../storage/models/part-store";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import { companionsAmong, companionsOnServer, type FindCompanion } from "../../engine/weights/hub/companions";
import { allowedUrl } from "../../engine/weights/hub/connections";
import { openDownload, type DownloadOptions } from "../../engine/weights/hub/download";
import { openHttp } from "../../engine/weights/hub/http-source";
import {
  downloadHubFiles,
  hubAddress,
  openHubFiles,
  usualConnections,
  weightFilesOf,
} from "../../engine/weights/hub/hub-source";
import { openPicked } from "../../engine/weights/bytes/picked-source";
import { TransferReporter } from "./transfer-reporter";
import type {
  FetchProgress,
  ModelId,
  ModelSource,
  StoredModel,
  UnfinishedModel,
} from "../rpc/protocol/model";
import { t } from "../../language/language";

/** A model that need not be stored, open for its header. `close` ends its connection. */
export interface OpenModel extends ByteSource {
  /** The name for a model whose header gives none. */
  readonly title: string;
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
        title: titleOf(source, opened.fileName),
        sizeBytes: opened.sizeBytes,
        read: (offset, length) => opened.read(offset, length),
        findCompanion,
        close: () => opened.close(),
      };
    }
    case "hub": {
      const opened = openHubFiles(source, signal);
      return { ...opened, title: titleOf(source, opened.fileName), findCompanion };
    }
    case "file": {
      const picked = openPicked(source);
      const title = titleOf(source, picked.fileName);
      return { ...picked, title, findCompanion, close: () => Promise.resolve() };
    }
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
  /**
   * Looks at the header while the rest arrives. Its rejection refuses the file; what it finds beside it is
   * stored too.
   */
  readonly describe: (
    source: ByteSource,
    title: string,
    findCompanion: FindCompanion,
  ) => Promise<{ readonly name: string }>;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly signal?: AbortSignal;
  /** The pauses, as in `openDownload`. */
  readonly retryDelaysMs?: readonly number[];
}

/**
 * Downloads or copies a model into storage; one that is there already is the answer at once, and what was
 * stored of one before is not asked for again.
 *
 * @throws DownloadError, FileChangedError, StorageError, CancelledError: what has come is kept;
 *   ModelFormatError and what `describe` throws for a file that is not wanted: nothing of it is kept
 */
export async function fetchModel(
  files: ModelFiles,
  source: ModelSource,
  { describe, onProgress, signal, retryDelaysMs }: FetchOptions,
): Promise<StoredModel> {
  const id = idOf(source);
  const reporter = new TransferReporter(id, onProgress);
  const downloadOptions = { onRetry: reporter.retrying, ...(retryDelaysMs && { retryDelaysMs }) };
  let title = "";
  let described: Promise<{ readonly name: string }> | undefined;
  const companions: Record<string, string> = {};
  const findBeside = companionsOf(source, signal);
  const findCompanion: FindCompanion = async (name) => {
    const text = await findBeside(name);
    if (text !== undefined) companions[name] = text;
    return text;
  };
  const stored = await files.store(
    id,
    async () => {
      const incoming = await openIncoming(source, { ...downloadOptions, signal });
      title = titleOf(source, incoming.fileName);
      reporter.begin(incoming.sizeBytes);
      if (source.kind === "file") {
        // All of it is at hand: a file that is refused is refused before anything is written.
        described = describe(openPicked(source), title, findCompanion);
        await described;
      }
      return incoming;
    },
    {
      describe: async (bytes) => {
        const { name } = await (described ?? describe(bytes, title, findCompanion));
        return { name, companions };
      },
      onProgress: (receivedBytes) => reporter.received(receivedBytes),
      onWait: reporter.waiting,
      ...(signal && { signal }),
    },
  );
  return toStoredModel(stored);
}

/**
 * Gets parts of a stored model once more from where it came; of one that was copied, from `picked`, the same
 * file again.
 *
 * @throws as {@link ModelFiles.repair}
 */
export async function repairModel(
  files: ModelFiles,
  id: ModelId,
  parts: readonly number[],
  {
    onProgress,
    signal,
    picked,
  }: Omit<FetchOptions, "describe"> & { readonly picked?: ModelSource | undefined },
): Promise<void> {
  const file = await files.find(id);
  const origin = file?.origin.kind === "file" ? picked : file?.origin;
  if (!file || !origin) {
    throw new StorageError(
      "storage",
      t("“{fileName}” came from a file on a disk.", { fileName: file?.fileName ?? id }),
      {
        hint: t("Pick that file again: only its damaged parts are copied."),
      },
    );
  }
  const reporter = new TransferReporter(id, onProgress);
  reporter.begin(file.sizeBytes);
  await files.repair(id, parts, () => openIncoming(origin, { signal, onRetry: reporter.retrying }), {
    onProgress: (receivedBytes) => reporter.received(receivedBytes),
    ...(signal && { signal }),
  });
}

async function openIncoming(source: ModelSource, options: DownloadOptions): Promise<IncomingFile> {
  switch (source.kind) {
    case "bundled":
    case "url": {
      const sha256 = source.kind === "url" ? source.sha256 : undefined;
      const url = allowedUrl(source.url).href;
      const download = await openDownload(url, options);
      const { fileName, sizeBytes, version, hasRanges } = download;
      return {
        fileName,
        sizeBytes,
        version,
        sections: [{ name: fileName, sizeBytes, sha256 }],
        origin:
          source.kind === "url" && sha256 !== undefined
            ? { kind: "url", url, sha256 }
            : { kind: source.kind, url },
        connections: hasRanges ? usualConnections : 1,
        pieces: (start, end, ended, memory) => download.pieces(start, end, ended, memory),
        close: () => download.close(),
      };
    }
    case "hub":
      return downloadHubFiles(source, options);
    case "file": {
      const { fileName, sizeBytes, files, ...picked } = openPicked(source);
      return {
        fileName,
        sizeBytes,
        ...(files && { files }),
        version: null, // its date is part of the id
        origin: { kind: source.kind, fileName },
        connections: 1,
        pieces: (start, end) => picked.pieces(start, end),
        close: () => Promise.resolve(),
      };
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

export function toUnfinished(file: UnfinishedFile): UnfinishedModel {
  const { receivedBytes, isActive, isDamaged } = file;
  return { ...toStoredModel(file), receivedBytes, isActive, isDamaged };
}

export function toStoredModel(file: StoredFile): StoredModel {
  const { id, name, fileName, sizeBytes, origin, addedAt, lastUsedAt } = file;
  return { id, name, fileName, sizeBytes, origin, addedAt, lastUsedAt };
}

/**
 * The title of a model whose files do not say: a GGUF's file by itself, but of safetensors, whose files are
 * all called alike, where they are.
 */
function titleOf(source: ModelSource, fileName: string): string {
  if (!/\.safetensors$/i.test(fileName)) return fileName;
  switch (source.kind) {
    case "hub":
      return source.repo.slice(source.repo.indexOf("/") + 1);
    case "file":
      return source.folder ?? fileName;
    case "bundled":
    case "url":
      return folderOf(source.url) ?? fileName;
  }
}

/** The folder of a file's address; of a hub's "/owner/name/resolve/main/file" the repository. */
function folderOf(address: string): string | undefined {
  const folders = (URL.parse(address)?.pathname ?? "").split("/").slice(1, -1);
  const repository = folders[folders.indexOf("resolve") - 1];
  return repository ?? folders.at(-1);
}
