import { ignoredPaths, type IgnoreFile } from "./ignored";

export interface FolderFile {
  /** From the folder that was given, whose name comes first, with slashes. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** Why a file of a folder is not offered. */
export type NotOffered =
  | ("hidden" | "ignored" | "empty" | "picture" | "sound or film" | "font" | "model" | "archive" | "database")
  | ("program" | "compiled code" | "disk image" | "binary data");

export interface OfferedFile extends FolderFile {
  /** Its place in the list that was given. */
  readonly index: number;
  /** By its size and kind: it is not read yet. */
  readonly tokens: number;
}

export interface ChosenFiles {
  /** In the order of paths. */
  readonly offered: readonly OfferedFile[];
  readonly left: readonly { readonly path: string; readonly why: NotOffered }[];
}

/**
 * Sorts out what of a folder can be read: hidden and ignored files and what is no text are left out, the rest
 * is in the order of paths.
 *
 * @param files        of a picked or dropped folder, or of an archive
 * @param ignoreFiles  the .gitignore of each level
 */
export async function chooseFiles(
  files: readonly FolderFile[],
  ignoreFiles: readonly IgnoreFile[],
): Promise<ChosenFiles> {
  const isIgnored = await ignoredPaths(ignoreFiles);
  const left: { path: string; why: NotOffered }[] = [];
  const offered: OfferedFile[] = [];
  for (const [index, { path, sizeBytes }] of files.entries()) {
    const why = whyNot(path, sizeBytes, isIgnored);
    if (why === undefined) offered.push({ index, path, sizeBytes, tokens: guessTokens(path, sizeBytes) });
    else left.push({ path, why });
  }
  const order = new Intl.Collator("en", { numeric: true });
  offered.sort((a, b) => order.compare(a.path, b.path));
  left.sort((a, b) => order.compare(a.path, b.path));
  return { offered, left };
}

function whyNot(
  path: string,
  sizeBytes: number,
  isIgnored: (path: string) => boolean,
): NotOffered | undefined {
  if (isHiddenPath(path)) return "hidden";
  if (isIgnored(path)) return "ignored";
  if (sizeBytes === 0) return "empty";
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return unreadKinds.get(extension);
}

/** Files that systems and programs put into folders, and no person reads. */
const isHiddenPath = (path: string) =>
  /(^|\/)(\.[^/]+|node_modules|__pycache__|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/.test(path);

const kinds: Readonly<Partial<Record<NotOffered, string>>> = {
  picture: "png jpg jpeg gif webp bmp ico tif tiff heic heif avif psd raw cr2 nef dng svgz xcf ai eps",
  "sound or film": "mp3 wav flac ogg oga opus m4a aac wma mid mp4 m4v mov avi mkv webm wmv mpg mpeg flv 3gp",
  program: "exe com msi deb rpm apk app",
  "compiled code": "dll so dylib o a lib obj class jar war pyc pyd wasm",
  "disk image": "iso img dmg vhd vmdk qcow2",
  "binary data": "bin swp",
  font: "ttf otf woff woff2 eot",
  model: "gguf safetensors pt pth ckpt onnx tflite h5 npy npz pb",
  archive: "7z rar gz tgz bz2 xz zst lz4 tar cab",
  database: "db sqlite sqlite3 mdb accdb parquet feather pkl pickle",
};

const unreadKinds = new Map(
  Object.entries(kinds).flatMap(([kind, extensions]) =>
    extensions.split(" ").map((extension) => [extension, kind as NotOffered] as const),
  ),
);

/** Bytes that make a token, about: much of a file with a layout is none of its words. */
function guessTokens(path: string, sizeBytes: number): number {
  const perToken = /\.pdf$/i.test(path)
    ? 60
    : /\.(?:docx|pptx|xlsx|od[tps]|epub|zip|msg)$/i.test(path)
      ? 25
      : 3.5;
  return Math.ceil(sizeBytes / perToken);
}
