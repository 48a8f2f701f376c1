import type { Page, Worker } from "tesseract.js";
import { CancelledError, DocumentError } from "../../ground/errors";
import { recognitionLanguages, type RecognitionLanguage } from "./languages";
import { t } from "../../language/language";

/** The addresses of Tesseract's files: scripts of its worker and core, and the folder of languages. */
export interface RecognitionFiles {
  readonly languages: string;
  /** In Node, Tesseract knows where these two are. */
  readonly worker?: string;
  readonly core?: string;
}

export interface Recognizer {
  /** Recognises the text of a picture that Tesseract decodes: PNG or JPEG. */
  readonly recognize: (picture: Blob | Uint8Array) => Promise<Page>;
  readonly end: () => void;
}

/**
 * Starts Tesseract in a worker of its own, with the data of one language.
 *
 * @throws DocumentError   when its program or its language can not be loaded
 * @throws CancelledError  from here and from `recognize`, once `signal` is aborted
 */
export async function startRecognizer(
  language: RecognitionLanguage,
  files: RecognitionFiles,
  signal?: AbortSignal,
): Promise<Recognizer> {
  const { default: Tesseract } = await import("tesseract.js");
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => reject(new CancelledError()), { once: true });
  });
  stopped.catch(() => undefined); // heard by the races below, if any runs
  if (signal?.aborted) throw new CancelledError();
  // tesseract.js tells a language that does not load to this handler only: its promise stays open.
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const starting = Tesseract.createWorker(language, Tesseract.OEM.LSTM_ONLY, {
    langPath: files.languages,
    ...(files.worker !== undefined && { workerPath: files.worker }),
    ...(files.core !== undefined && { corePath: files.core }),
    workerBlobURL: false,
    cacheMethod: "none", // the service worker keeps the files
    errorHandler: fail,
  });
  const end = () => void starting.then((worker) => worker.terminate()).catch(() => undefined);
  let worker: Worker;
  try {
    worker = await Promise.race([starting, failed, stopped]);
  } catch (cause) {
    end();
    if (cause instanceof CancelledError) throw cause;
    throw new DocumentError(
      t("Text recognition in {name} could not be started: {describe}", {
        name: recognitionLanguages[language].name,
        describe: describe(cause),
      }),
      { hint: t("It is fetched when it is first used: check the connection, then try again."), cause },
    );
  }
  return {
    recognize: async (picture) => {
      const work = worker.recognize(picture as Blob, {}, { text: false, blocks: true });
      const { data } = await Promise.race([work, stopped]).catch((cause: unknown) => {
        if (cause instanceof CancelledError) throw cause;
        throw new DocumentError(
          t("A picture could not be looked through for text: {describe}", { describe: describe(cause) }),
          {
            hint: t("Try again, or attach fewer pages."),
            cause,
          },
        );
      });
      return data;
    },
    end,
  };
}

const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
