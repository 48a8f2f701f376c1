import { DocumentError } from "../../ground/errors";
import { assemble } from "../pdf/assemble";
import type { ReadText } from "../reading";
import { recognitionNotes } from "./notes";
import { recognizeAll, type Picture, type Recognition } from "./recognize-all";
import { t } from "../../language/language";

/**
 * The text of a picture, recognised.
 *
 * @throws DocumentError  "document-picture" when recognition was not asked for: nothing is guessed unasked
 */
export async function pictureToText(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  kind: string,
  recognition: Recognition | undefined,
): Promise<ReadText> {
  if (!recognition)
    throw new DocumentError(t("“{name}” is a picture ({kind}).", { name, kind }), {
      hint: t("If there is text in it, have it recognised here."),
      code: "document-picture",
    });
  const draw = () => drawPicture(bytes, name, kind);
  const [page] = await recognizeAll(1, draw, recognition);
  if (!page || page.lines.length === 0)
    throw new DocumentError(t("No text was found in “{name}”.", { name }), {
      hint: t("Choose another language, or attach a larger picture of the text."),
      code: "document-picture",
    });
  const { text, starts, marks, leftOut } = assemble([{ lines: page.lines, extra: [], missing: "" }]);
  return {
    text,
    unit: "page",
    starts,
    numbers: [1],
    notes: recognitionNotes(new Map([[1, page]]), recognition.language, "picture"),
    ...(marks.length > 0 && { marks }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** Letters of about 30 pixels are recognised best: small pictures are enlarged, as screenshots are. */
const BEST_PIXELS = 2400;
const MOST_ENLARGED = 3;
const MOST_PIXELS = 4000;

async function drawPicture(bytes: Uint8Array<ArrayBuffer>, name: string, kind: string): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([bytes])).catch((cause: unknown) => {
    throw new DocumentError(
      t("“{name}” is a picture that this browser does not show ({kind}).", { name, kind }),
      {
        hint: t("Save it as PNG or JPEG, then attach it again."),
        cause,
      },
    );
  });
  const longest = Math.max(bitmap.width, bitmap.height);
  const wanted = Math.min(MOST_ENLARGED, Math.max(1, BEST_PIXELS / longest));
  const scale = Math.min(wanted, MOST_PIXELS / longest);
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "white"; // below what is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  // A page of this picture would be about as wide as paper.
  return { blob: await canvas.convertToBlob(), width, height, scale: Math.max(width, height) / 800 };
}
