import { attachFiles } from "../documents/attach-files";

/** More files at once are a folder of documents. */
const MOST_FILES = 8;

/**
 * Attaches files, but offers first to take in the chats of those that are an export of some program's. What
 * that takes is loaded when a file may be one by its name.
 */
export function attachOrOffer(files: readonly File[]): void {
  const mayHaveChats = files.length > 0 && files.length <= MOST_FILES && files.every(isNamedSo);
  if (!mayHaveChats) return attachFiles(files);
  void import("./carry")
    .then(({ offerExports }) => offerExports(files))
    .catch(() => false) // the documents' reader says what is wrong with it
    .then((isOffered) => !isOffered && attachFiles(files));
}

const isNamedSo = ({ name }: File) => /\.(json|jsonl|zip)$/i.test(name);
