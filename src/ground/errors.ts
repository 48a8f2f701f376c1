import { mark, t, verbatim, type Sentence } from "../language/language";
/**
 * Every error the app raises on purpose, with its title on the page. They cross the worker as
 * {@link WireError}.
 */
export const errorTitles = {
  "model-format": mark("This file can not be read"),
  "unsupported-model": mark("This model does not run here"),
  "no-webgpu": mark("This browser does not offer WebGPU"),
  "no-adapter": mark("No graphics card was found"),
  "wrong-numbers": mark("This device computes wrong numbers"),
  "device-lost": mark("The connection to the graphics card was lost"),
  "device-failed": mark("The graphics card did not do what was asked"),
  shader: mark("A GPU program did not compile"),
  "out-of-memory": mark("Not enough GPU memory"),
  download: mark("The download did not finish"),
  "file-changed": mark("The file on the server has changed"),
  permission: mark("The browser asks before it reads the file"),
  "storage-full": mark("There is no room left on the disk"),
  storage: mark("The browser's storage did not work"),
  document: mark("This file can not be attached"),
  "document-password": mark("This file asks for a password"),
  "document-scanned": mark("This file has pictures of text only"),
  "document-picture": mark("This file is a picture"),
  "document-archive": mark("This file is a folder of files"),
  carry: mark("These chats could not be taken in"),
  prompt: mark("The message was not sent to the model"),
  "context-full": mark("The chat is longer than the context"),
  cancelled: mark("Stopped"),
  internal: mark("Something went wrong"),
} as const;

export type ErrorCode = keyof typeof errorTitles;

/**
 * An error as plain data: `message` says what happened with its numbers, `hint` what to do about it.
 */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: Sentence;
  readonly hint: Sentence;
}

interface ErrorDetails {
  readonly hint: Sentence;
  readonly cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  /** The message, as what it is: Error's own is any string. */
  readonly sentence: Sentence;
  readonly hint: Sentence;

  constructor(code: ErrorCode, message: Sentence, { hint, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.sentence = message;
    this.hint = hint;
  }
}

/** The bytes are not a readable model file: broken, truncated, or not the format they claim to be. */
export class ModelFormatError extends AppError {
  constructor(message: Sentence, details: ErrorDetails) {
    super("model-format", message, details);
  }
}

/** A well-formed file of a model that this engine does not run. */
export class UnsupportedModelError extends AppError {
  constructor(message: Sentence, details: ErrorDetails) {
    super("unsupported-model", message, details);
  }
}

/** There is no GPU to run on, or it went away. */
export class DeviceError extends AppError {
  constructor(
    code: "no-webgpu" | "no-adapter" | "device-lost" | "device-failed" | "wrong-numbers",
    message: Sentence,
    details: ErrorDetails,
  ) {
    super(code, message, details);
  }
}

/** A shader did not compile; `message` holds the compiler's lines. */
export class ShaderError extends AppError {
  /** @param problems  what the compiler, or the driver, says of it; a line each */
  constructor(label: string, problems: readonly string[], cause?: unknown) {
    super(
      "shader",
      t('Shader "{label}" did not compile:\n{lines}', {
        label,
        lines: problems.map((line) => `  ${line}`).join("\n"),
      }),
      {
        hint: t("Update the browser and the graphics driver. If it stays, report it with the text above."),
        cause,
      },
    );
  }
}

/** The GPU, or the plan for it, has less memory than is asked for. */
export class OutOfMemoryError extends AppError {
  constructor(message: Sentence, details: ErrorDetails) {
    super("out-of-memory", message, details);
  }
}

export class DownloadError extends AppError {
  /** True when the same request may well succeed a little later. */
  readonly mayPass: boolean;
  /** The wait that the server asks for before that; 0 where it asks for none. */
  readonly retryAfterMs: number;
  /** True when the server wants to know who asks, as for a gated model. */
  readonly needsAccess: boolean;

  constructor(
    message: Sentence,
    {
      mayPass = false,
      retryAfterMs = 0,
      needsAccess = false,
      ...details
    }: ErrorDetails & {
      readonly mayPass?: boolean;
      readonly retryAfterMs?: number;
      readonly needsAccess?: boolean;
    },
  ) {
    super("download", message, details);
    this.mayPass = mayPass;
    this.retryAfterMs = retryAfterMs;
    this.needsAccess = needsAccess;
  }
}

/**
 * The server has another file under the same address than the one that was begun; the two are never mixed.
 */
export class FileChangedError extends AppError {
  constructor(message: Sentence, details: ErrorDetails) {
    super("file-changed", message, details);
  }
}

/** IndexedDB refused: the disk or the browser's quota is full, or stored data can not be read back. */
export class StorageError extends AppError {
  constructor(code: "storage-full" | "storage" | "permission", message: Sentence, details: ErrorDetails) {
    super(code, message, details);
  }
}

/** A failure of IndexedDB that no one has put into a sentence yet. It has the name of the browser's error. */
export class StoreFailure extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = cause.name;
  }
}

type DocumentErrorCode = Extract<ErrorCode, `document${string}`>;

/**
 * A file that can not be read as a document: not text, protected ("document-password": the page asks
 * for it), scanned
 * ("document-scanned", "document-picture": its text can be recognised), damaged, or empty.
 */
export class DocumentError extends AppError {
  constructor(
    message: Sentence,
    { code = "document", ...details }: ErrorDetails & { readonly code?: DocumentErrorCode },
  ) {
    super(code, message, details);
  }
}

/** A file with chats that can not be taken in: not of a known program, damaged, or too large. */
export class CarryError extends AppError {
  constructor(message: Sentence, details: ErrorDetails) {
    super("carry", message, details);
  }
}

/**
 * The conversation can not be made into a prompt: the template refused it, or it does not fit the context.
 */
export class PromptError extends AppError {
  constructor(code: "prompt" | "context-full", message: Sentence, details: ErrorDetails) {
    super(code, message, details);
  }
}

/** The person asked to stop, and the work did. */
export class CancelledError extends AppError {
  constructor(message: Sentence = t("Stopped.")) {
    super("cancelled", message, { hint: t("Start it again when you like.") });
  }
}

/** The words of anything that was thrown: a browser's own, or a library's. */
export const whatItSays = (thrown: unknown): Sentence =>
  verbatim(thrown instanceof Error ? thrown.message : String(thrown));

export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, message: error.sentence, hint: error.hint };
  if (error instanceof StoreFailure)
    return {
      code: error.name === "QuotaExceededError" ? "storage-full" : "storage",
      message: t("What this browser stores could not be read or written: {reason}", {
        reason: whatItSays(error),
      }),
      hint: t("Try again, then reload the page. If it stays so, free space on the disk."),
    };
  return {
    code: "internal",
    message: whatItSays(error),
    hint: t("Reload the page. If it happens again, please report it."),
  };
}
