import {
  ClipboardType,
  FileArchive,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  Mail,
  Presentation,
  TriangleAlert,
} from "lucide-react";

export const kindIcons = {
  archive: FileArchive,
  code: FileCode,
  failed: TriangleAlert,
  mail: Mail,
  pasted: ClipboardType,
  picture: FileImage,
  sheet: FileSpreadsheet,
  slides: Presentation,
  text: FileText,
} as const;

export type Kind = keyof typeof kindIcons;

const kindsByEnding: readonly (readonly [RegExp, Kind])[] = [
  [/\.(png|jpe?g|gif|webp|bmp|tiff?|heic|avif)$/i, "picture"],
  [/\.(csv|tsv|xlsx?|ods)$/i, "sheet"],
  [/\.(pptx?|odp)$/i, "slides"],
  [/\.(eml|msg|mbox|mht(ml)?)$/i, "mail"],
  [/\.(zip|tar|gz|7z|rar)$/i, "archive"],
  [
    /\.([cm]?[jt]sx?|py|rs|go|java|c|cc|cpp|h|hpp|cs|rb|php|swift|kt|sh|sql|css|html?|xml|json|ya?ml|toml|ipynb|wgsl)$/i,
    "code",
  ],
];

/** The kind of a document by its name: a hint for the eye, whatever its bytes are. */
export const kindOf = (name: string): Kind =>
  kindsByEnding.find(([ending]) => ending.test(name))?.[1] ?? "text";
