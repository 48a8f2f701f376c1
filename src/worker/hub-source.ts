import { DownloadError } from "../errors";
import type { IncomingFile } from "../storage/model-files";
import { openDownload, openHttp, type HttpSource } from "../weights/http-source";
import { hubFileUrl, type HubFile } from "../weights/hub";
import { joinSources } from "../weights/joined-source";
import type { HubOrigin } from "./protocol";

/** The files that hold the weights; the others belong to them, such as tokenizer.json. */
export function weightFilesOf({ files }: HubOrigin): readonly HubFile[] {
  return files.filter(({ path }) => /\.(gguf|safetensors)$/i.test(path));
}

/** Where a file of the model is asked for: by its commit, so that nothing of a later one is mixed in. */
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

/** Files of a hub as they come, one after another. */
export function downloadHubFiles(origin: HubOrigin, signal: AbortSignal | undefined): IncomingFile {
  const files = weightFilesOf(origin);
  async function* pieces() {
    for (const file of files) {
      const download = await openDownload(hubAddress(origin, file), signal);
      try {
        checkSize(file, download);
        yield* download.pieces;
      } finally {
        await download.close();
      }
    }
  }
  return {
    fileName: nameOf(files[0]!),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    ...(files.length > 1 && { files: files.map(namedFile) }),
    origin,
    pieces: pieces(),
    close: () => Promise.resolve(),
  };
}

const nameOf = ({ path }: HubFile) => path.slice(path.lastIndexOf("/") + 1);
const namedFile = (file: HubFile) => ({ name: nameOf(file), sizeBytes: file.sizeBytes });

function checkSize(file: HubFile, { host, sizeBytes }: { host: string; sizeBytes: number }): void {
  if (sizeBytes === file.sizeBytes) return;
  throw new DownloadError(
    `${host} gives “${nameOf(file)}” with ${sizeBytes} bytes; the hub lists it with ${file.sizeBytes}.`,
    { hint: "Look the repository up again. If it stays so, the hub or its mirror has a problem." },
  );
}
