import { counted } from "../../../ground/figures";
import { mark, t, type Key, type Sentence } from "../../../language/language";
/* eslint-disable no-control-regex -- the beginnings of files have control characters, and texts have none */

/** The name of a file's kind that is no model, for a sentence after "is", and what to do about it. */
export interface NotAModel {
  readonly what: Sentence;
  readonly hint: Sentence;
}

/** Bytes from a file's start that {@link recognise} looks at; a web page's title is within them as a rule. */
export const recognisedBytes = 512;

const getAgain = mark("Download the model itself again, as a .gguf file or as a folder with .safetensors.");
const unpack = mark("Unpack it, then choose the .gguf file or the folder with .safetensors that was in it.");
const convert = mark(
  "Choose the same model as a .gguf file or in .safetensors: this app does not run anything from a file.",
);

/** Each beginning, as latin1, with what has it. */
const beginnings: readonly (readonly [
  beginning: RegExp,
  found: { readonly [part in keyof NotAModel]: Key },
])[] = [
  [
    /^%PDF-/,
    {
      what: mark("a PDF document, not a model"),
      hint: mark("Attach it to a message to ask about it, or download the model itself again."),
    },
  ],
  [
    /^PK(\x03\x04|\x05\x06|\x07\x08)/,
    { what: mark("a zip archive (or PyTorch's form of one), not a model file"), hint: unpack },
  ],
  [/^\x1f\x8b/, { what: mark("packed with gzip, not a model file"), hint: unpack }],
  [/^BZh[1-9]/, { what: mark("packed with bzip2, not a model file"), hint: unpack }],
  [/^\xfd7zXZ\0/, { what: mark("packed with xz, not a model file"), hint: unpack }],
  [/^\x28\xb5\x2f\xfd/, { what: mark("packed with zstd, not a model file"), hint: unpack }],
  [/^7z\xbc\xaf\x27\x1c/, { what: mark("a 7z archive, not a model file"), hint: unpack }],
  [/^Rar!\x1a\x07/, { what: mark("a RAR archive, not a model file"), hint: unpack }],
  [/^[^]{257}ustar/, { what: mark("a tar archive, not a model file"), hint: unpack }],
  [
    /^(lmgg|fmgg|tjgg)/,
    {
      what: mark("a model in GGML, the format before GGUF, which no Qwen3.5 was published in"),
      hint: getAgain,
    },
  ],
  [/^algg/, { what: mark("a LoRA adapter in the format before GGUF, not a model"), hint: getAgain }],
  [
    /^\x80[\x02-\x05](?=[^]*[.}\]])/,
    { what: mark("a Python pickle (PyTorch), not a model file that is safe to read"), hint: convert },
  ],
  [/^\x89HDF\r\n/, { what: mark("an HDF5 file (Keras), not a model of this family"), hint: convert }],
  [/^\x93NUMPY/, { what: mark("a NumPy array, not a model"), hint: convert }],
  [/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF[^]{4}WEBP)/, { what: mark("a picture, not a model"), hint: getAgain }],
  [
    /^(MZ|\x7fELF)/,
    {
      what: mark("a program, not a model"),
      hint: mark("Do not run it. Download the model itself again, as a .gguf file."),
    },
  ],
];

/**
 * Names a file that is no model by its first bytes, those of {@link recognisedBytes} or all there are.
 *
 * @returns undefined for bytes that nothing is known by
 */
export function recognise(start: Uint8Array, sizeBytes: number): NotAModel | undefined {
  if (sizeBytes === 0)
    return {
      what: t("empty: it has 0 bytes"),
      hint: t("Its download did not begin, or failed. Download it again."),
    };
  if (start.length >= 16 && start.every((byte) => byte === 0))
    return {
      what: t("not downloaded yet: it has its size, {bytes}, and holds only zeros so far", {
        bytes: counted(sizeBytes, "byte"),
      }),
      hint: t("Wait until the program that downloads it has finished, or download it again. Then choose it."),
    };
  const bytes = String.fromCharCode(...start.subarray(0, recognisedBytes));
  const found = beginnings.find(([beginning]) => beginning.test(bytes))?.[1];
  return found ? { what: t(found.what), hint: t(found.hint) } : recogniseText(start);
}

/** Recognises texts in a model's place, which servers and git leave there. */
function recogniseText(start: Uint8Array): NotAModel | undefined {
  const text = decodeText(start);
  if (text === undefined) return undefined;
  const lfsSize = /^version https:\/\/git-lfs\.github\.com\/spec\/[^]*?^size (\d+)/m.exec(text)?.[1];
  if (lfsSize !== undefined || text.startsWith("version https://git-lfs"))
    return {
      what: lfsSize
        ? t("a Git LFS pointer, not the model: a note of git's in its place, which has {bytes}", {
            bytes: counted(Number(lfsSize), "byte"),
          })
        : t("a Git LFS pointer, not the model: a note of git's in its place"),
      hint: t("Run “git lfs pull” in the folder it is from, or download the file itself from its page."),
    };
  if (/^<(!doctype\s+html|html|head|body|!--|title|script|meta)/i.test(text)) {
    const title = /<title[^>]*>\s*([^<]{1,80}?)\s*</i.exec(text)?.[1];
    return {
      what:
        title === undefined
          ? t("a web page, not a model")
          : t("a web page (“{title}”), not a model", { title }),
      hint: t(
        "The site gave a page in the file's place: sign in there if it asks for it, and download the file itself.",
      ),
    };
  }
  if (/^[{[]/.test(text)) {
    const said = /"(?:error|message|detail|title|error_description)"\s*:\s*"((?:[^"\\]|\\.){1,120})"/i.exec(
      text,
    )?.[1];
    const isError = said !== undefined || /^\{\s*"(error|status|code)/i.test(text);
    return isError
      ? {
          what:
            said === undefined
              ? t("a server's error in JSON, not a model")
              : t("a server's error in JSON, not a model: “{said}”", { said }),
          hint: t("The server gave it in the file's place. Mend what it says, then download the file again."),
        }
      : {
          what: t("text in JSON, not a model"),
          hint: t("It may belong to a model. Choose the .gguf file, or the whole folder with .safetensors."),
        };
  }
  if (/^<(\?xml|error\b)/i.test(text)) {
    const said = /<(?:Message|Code)>([^<]{1,120})</i.exec(text)?.[1];
    return {
      what:
        said === undefined
          ? /<Error\b/i.test(text)
            ? t("a server's error in XML, not a model")
            : t("a text in XML, not a model")
          : t("a server's error in XML, not a model: “{said}”", { said }),
      hint: t("The server gave it in the file's place. Get a new link, then download the file again."),
    };
  }
  const line = text.split(/[\r\n]/)[0]!.slice(0, 80);
  return { what: t("a text, not a model; it begins “{line}”", { line }), hint: t(getAgain) };
}

/** @returns undefined for bytes that are no text */
function decodeText(start: Uint8Array): string | undefined {
  const isUtf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  try {
    const encoding = isUtf16 ? (start[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
    const text = new TextDecoder(encoding, { fatal: true }).decode(start, { stream: true });
    return text.trim().length < 4 || /[\0-\x08\x0e-\x1a]/.test(text) ? undefined : text.trim();
  } catch {
    return undefined;
  }
}

/** A sentence's end for bytes that are known by nothing: their first four, as text where they are some. */
export function unknownStart(start: Uint8Array): NotAModel {
  const shown = JSON.stringify(String.fromCharCode(...start.subarray(0, 4)));
  return {
    what:
      start.length < 4
        ? t('only {bytes} long, and starts with {shown}, not with "GGUF" as a .gguf file does', {
            bytes: counted(start.length, "byte"),
            shown,
          })
        : t('no model file: it starts with {shown}, not with "GGUF" as a .gguf file does', { shown }),
    hint: t('Choose a model file whose name ends in ".gguf", or a folder with ".safetensors".'),
  };
}

/** Names a file that does not start as a model, whatever it is. */
export const whatItIs = (start: Uint8Array, sizeBytes: number): NotAModel =>
  recognise(start, sizeBytes) ?? unknownStart(start);
