import { DocumentError } from "../ground/errors";
import { unpackFolder, type UnpackedFiles } from "./archive/files";
import { Archive } from "./archive/unpack";
import { isMailbox, mailsOf } from "./mail/mailbox";
import type { ReadText } from "./reading";
import { readHead, type Head } from "./text-kinds";
import { mark, t, type Sentence } from "../language/language";

type Kind =
  | "word"
  | "workbook"
  | "slides"
  | "open-document"
  | "book"
  | "archive"
  /** A document of a kind that is not read here, with its name. */
  | { readonly unread: Sentence; readonly hint: Sentence };

/** The first bytes of a zip archive with files in it, or with none. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** The first bytes of an OLE file: Office before 2007, Outlook, and files of Office with a password. */
export const isOle = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

/** The first bytes of a workbook before 1995: the record that begins it, of 4 or 6 bytes. */
export const isOldWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 9 && [0, 2, 4].includes(bytes[1]!) && [4, 6].includes(bytes[2]!) && bytes[3] === 0;

/**
 * Reads what is packed as a zip archive, by what is in it.
 *
 * @throws DocumentError  of code "document-archive" when it is a folder of files
 */
export async function readZip(
  bytes: Uint8Array,
  name: string,
  inTurns: (steps: Generator<number, ReadText>) => Promise<ReadText>,
): Promise<ReadText> {
  const kind = kindOfZip(bytes, name);
  switch (kind) {
    case "word": {
      const { docxInSteps } = await import("./word/docx");
      return inTurns(docxInSteps(bytes, name));
    }
    case "workbook": {
      const { workbookToText } = await import("./spreadsheet/spreadsheet");
      return workbookToText(bytes, name, true);
    }
    case "slides": {
      const { pptxToText } = await import("./slides/pptx");
      return pptxToText(bytes, name);
    }
    case "open-document": {
      const { openDocumentInSteps } = await import("./open-document/open-document");
      return inTurns(openDocumentInSteps(bytes, name));
    }
    case "book": {
      const { epubToText } = await import("./ebook/epub");
      return epubToText(bytes, name);
    }
    case "archive":
      throw new DocumentError(t("“{name}” is an archive.", { name }), {
        code: "document-archive",
        hint: t("Unpack it, and attach the files that you need."),
      });
    default:
      throw new DocumentError(
        t("“{name}” is {unread}, which is not read here.", { name, unread: kind.unread }),
        { hint: kind.hint },
      );
  }
}

const spreadsheetType =
  /(?:spreadsheetml\.(?:sheet|template)|ms-excel\.\S+?)\.main\+xml|ms-excel\.sheet\.binary/i;
const slidesType = /(?:presentationml\.(?:presentation|slideshow|template)|ms-powerpoint\.\S+?)\.main\+xml/i;

function kindOfZip(bytes: Uint8Array, name: string): Kind {
  const archive = new Archive(bytes, name);
  const paths: string[] = [];
  const parts = archive.texts((path) => {
    paths.push(path);
    return path === "mimetype" || path === "[content_types].xml";
  });
  const mimetype = parts.get("mimetype") ?? "";
  const types = parts.get("[content_types].xml") ?? "";
  const has = (pattern: RegExp) => paths.some((path) => pattern.test(path));
  if (/opendocument|vnd\.sun\.xml/.test(mimetype)) return "open-document";
  if (mimetype.startsWith("application/epub") || has(/^meta-inf\/container\.xml$/)) return "book";
  if (spreadsheetType.test(types) || has(/^xl\/workbook\.(?:xml|bin)$/)) return "workbook";
  if (slidesType.test(types) || has(/^ppt\/presentation\.xml$/)) return "slides";
  if (/visio/i.test(types)) return { unread: t("a drawing of Visio"), hint: t(savedAsPdf) };
  if (has(/\.fpage$/)) return { unread: t("an XPS file"), hint: t(savedAsPdf) };
  if (types !== "" || has(/^word\/document\d*\.xml$/)) return "word";
  if (has(/^content\.xml$/) && has(/^(?:meta|styles)\.xml$/)) return "open-document";
  if (has(/^index\/document\.iwa$/) || has(/^index\.(?:zip|apxl|xml)$/))
    return {
      unread: t("a document of Pages, Numbers or Keynote"),
      hint: t("Export it as PDF, or as .docx, .xlsx or .pptx, and attach that."),
    };
  return "archive";
}

const savedAsPdf = mark("Save it as PDF, and attach that.");

/** Reads an OLE file, by what is in it. */
export async function readOle(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<ReadText> {
  const { oleStreams } = await import("./office/ole");
  const streams = oleStreams(bytes, name);
  if (streams.has("__properties_version1.0")) {
    const [{ messageOf }, { mailToText }] = await Promise.all([import("./mail/msg"), import("./mail/mail")]);
    return mailToText(messageOf(streams));
  }
  if (streams.has("workbook") || streams.has("book")) {
    const { workbookToText } = await import("./spreadsheet/spreadsheet");
    return workbookToText(bytes, name, false);
  }
  if (streams.has("encryptedpackage"))
    throw new DocumentError(t("“{name}” is protected by a password.", { name }), {
      hint: t("Open it in its own program, save it without a password, and attach that."),
    });
  const [unread, ending] = streams.has("worddocument")
    ? [t("a Word document of the kind before 2007 (.doc)"), ".docx"]
    : streams.has("powerpoint document")
      ? [t("a presentation of the kind before 2007 (.ppt)"), ".pptx"]
      : [t("a file of an old format of Office"), "PDF"];
  throw new DocumentError(t("“{name}” is {unread}, which is not read here.", { name, unread }), {
    hint: t("Open it, save it as {ending}, and attach that.", { ending }),
  });
}

/**
 * The files in an archive, or those that came with a mail. Any other file has none.
 *
 * @throws DocumentError  when it is damaged, protected, or holds too much
 */
export async function unpackFiles(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<UnpackedFiles> {
  if (isZip(bytes)) {
    const isArchive = (file: Uint8Array, path = name) => isZip(file) && kindOfZip(file, path) === "archive";
    return isArchive(bytes) ? unpackFolder(bytes, name, isArchive) : { files: [], leftOut: [] };
  }
  const head = readHead(bytes, name);
  if (head.kind === "mail" && isMailbox(bytes)) {
    const mails = mailsOf(bytes, name);
    return { files: mails.map((mail) => ({ path: `${name}/${mail.name}`, bytes: mail.bytes })), leftOut: [] };
  }
  const { filesOf } = await import("./mail/mail");
  const mail = await mailIn(bytes, name, head);
  const files = mail ? filesOf(mail) : [];
  return { files: files.map((file) => ({ path: `${name}/${file.name}`, bytes: file.bytes })), leftOut: [] };
}

async function mailIn(bytes: Uint8Array<ArrayBuffer>, name: string, head: Head) {
  if (isOle(bytes)) {
    const [{ oleStreams }, { messageOf }] = await Promise.all([import("./office/ole"), import("./mail/msg")]);
    const streams = oleStreams(bytes, name);
    return streams.has("__properties_version1.0") ? messageOf(streams) : undefined;
  }
  if (head.kind !== "mail") return undefined;
  const { parseMail } = await import("./mail/eml");
  return parseMail(bytes, name);
}
