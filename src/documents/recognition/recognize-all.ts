import type { RecognitionLanguage } from "./languages";
import { startRecognizer, type RecognitionFiles } from "./recognizer";
import { recognizedPage, type PictureSize, type RecognizedPage } from "./recognized-page";

export interface Recognition {
  readonly language: RecognitionLanguage;
  readonly files: RecognitionFiles;
  readonly onPage?: (pages: number, totalPages: number) => void;
  readonly signal?: AbortSignal;
}

export interface Picture extends PictureSize {
  readonly blob: Blob;
}

/** Tesseract runs on one core; each of it takes about 150 MB. */
const MOST_WORKERS = 3;

/** Recognises `nPictures`, which `draw` makes one by one as they are wanted. */
export async function recognizeAll(
  nPictures: number,
  draw: (at: number) => Promise<Picture>,
  { language, files, onPage, signal }: Recognition,
): Promise<RecognizedPage[]> {
  onPage?.(0, nPictures);
  const nWorkers = Math.min(MOST_WORKERS, nPictures, Math.max(1, navigator.hardwareConcurrency >> 1));
  const recognized: RecognizedPage[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    const recognizer = await startRecognizer(language, files, signal);
    try {
      while (next < nPictures) {
        const at = next++;
        const { blob, ...size } = await draw(at);
        recognized[at] = recognizedPage(await recognizer.recognize(blob), size);
        onPage?.(++done, nPictures);
      }
    } finally {
      recognizer.end();
    }
  };
  await Promise.all(Array.from({ length: nWorkers }, work));
  return recognized;
}
