import { saveFile } from "../../../stores/save-file";

/** Saves a text as a file of that name. */
export const saveText = (text: string, name: string, type = "text/plain"): void =>
  saveFile(new Blob([text], { type }), name);
