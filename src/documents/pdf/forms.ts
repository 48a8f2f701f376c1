import { counted } from "../../ground/figures";
import type { ExtraText } from "./assemble";
import type { PageItem } from "./layout/pieces";

/** The parts of pdf.js' annotations that are used here; they have no types. */
export interface Annotation {
  readonly id?: string;
  readonly subtype: string;
  /** The target of a link to somewhere else. */
  readonly url?: string;
  readonly rect: readonly number[];
  readonly hidden?: boolean;
  readonly annotationFlags?: number;
  readonly fieldType?: string | null;
  readonly fieldName?: string;
  readonly alternativeText?: string;
  readonly fieldValue?: unknown;
  readonly exportValue?: string;
  readonly buttonValue?: string | null;
  readonly checkBox?: boolean;
  /** Its choices open at a click. */
  readonly combo?: boolean;
  readonly radioButton?: boolean;
  readonly pushButton?: boolean;
  readonly password?: boolean;
  readonly options?: readonly { readonly exportValue: string; readonly displayValue: string }[];
  readonly textContent?: readonly string[];
  readonly contentsObj?: { readonly str: string };
  readonly titleObj?: { readonly str: string };
  readonly overlaidText?: string;
  readonly defaultAppearanceData?: { readonly fontSize?: number };
}

const HIDDEN = 2;
const isShown = ({ hidden, annotationFlags = 0 }: Annotation) => !hidden && (annotationFlags & HIDDEN) === 0;

/**
 * A page's form fields with their values, and its comments, each from the top of the page.
 *
 * @param pictured  the text that buttons, signatures and stamps show, by id
 */
export function extraTextOf(
  annotations: readonly Annotation[],
  pictured: ReadonlyMap<string, string> = new Map(),
): ExtraText[] {
  const shown = annotations
    .filter((one) => isShown(one) && Array.isArray(one.rect))
    .sort((a, b) => b.rect[3]! - a.rect[3]! || a.rect[0]! - b.rect[0]!);
  const fields = new Map<string, string>();
  for (const one of shown) {
    if (one.subtype !== "Widget") continue;
    const field = fieldOf(one, pictured.get(one.id ?? ""));
    if (field) fields.set(field.key, field.text);
  }
  const extra: ExtraText[] = [];
  if (fields.size > 0)
    extra.push({ kind: "form-field", text: ["[Form fields]", ...fields.values()].join("\n") });
  const comments = shown.flatMap((one) => commentOf(one, pictured.get(one.id ?? "")));
  if (comments.length > 0) extra.push({ kind: "annotation", text: ["[Comments]", ...comments].join("\n") });
  return extra;
}

function fieldOf(
  field: Annotation,
  shown: string | undefined,
): { readonly key: string; readonly text: string } | null {
  const name = nameOf(field);
  const id = field.fieldName ?? name;
  if (field.pushButton) return shown === undefined ? null : { key: `${id} button`, text: `Button: ${shown}` };
  if (field.fieldType === "Sig")
    return shown === undefined ? null : { key: `${id} signature`, text: `Signature: ${shown}` };
  if (field.radioButton) {
    // One of a group says which is chosen; the others say the same.
    const value = field.fieldValue;
    const isChosen = typeof value === "string" && value !== "Off";
    return { key: id, text: `${name}: ${isChosen ? value : "(nothing chosen)"}` };
  }
  const value = valueOf(field);
  if (value === null) return null;
  // A field may be on the page in several places: its value once, unless places differ.
  return {
    key: `${id} ${value}`,
    text: `${name}: ${value === "" ? "(empty)" : value}${choicesOf(field)}`,
  };
}

/** A list on the page shows its choices; one that opens may be as long as all countries. */
const MOST_CHOICES = 30;

function choicesOf({ fieldType, combo, options = [] }: Annotation): string {
  if (fieldType !== "Ch" || options.length < 2) return "";
  const names = options.map(({ displayValue }) => displayValue).filter(Boolean);
  if (combo || names.length > MOST_CHOICES) return ` (one of ${counted(names.length, "choice")})`;
  return ` (of: ${names.join(", ")})`;
}

/**
 * A field's name: what people are told it is, else its name in the file, of which the last part says
 * most: "form1[0].city[0]".
 */
function nameOf({ alternativeText, fieldName = "" }: Annotation): string {
  if (alternativeText?.trim()) return alternativeText.trim().replace(/\s+/g, " ");
  const last = fieldName
    .split(".")
    .at(-1)!
    .replace(/\[\d+\]$/, "");
  return /\p{L}/u.test(last) ? last : fieldName || "Field";
}

function valueOf(field: Annotation): string | null {
  const { fieldType, fieldValue, checkBox, options = [], textContent = [], password } = field;
  if (password) return fieldValue ? "(a password)" : "";
  if (checkBox) return fieldValue === field.exportValue && fieldValue !== "Off" ? "yes" : "no";
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter(
    (value) => typeof value === "string" && value !== "",
  ) as string[];
  const names = values.map(
    (value) => options.find((option) => option.exportValue === value)?.displayValue ?? value,
  );
  const stored = names.join(", ").replace(/\r\n?/g, "\n").trim();
  // Its picture may show a number as people write it, "232,324.00" for 232324.
  const seen = fieldType === "Tx" ? textContent.join("\n").trim() : "";
  const bare = (text: string) => text.replace(/\s+/g, "");
  if (seen === "" || bare(seen) === bare(stored)) return stored;
  return stored === "" ? seen : `${seen} (stored as ${stored})`;
}

/** Text that was typed onto the page is of its text, where it stands: see freeTextOf. */
function commentOf(one: Annotation, shown: string | undefined): string[] {
  if (["Widget", "Link", "Popup", "FreeText"].includes(one.subtype)) return [];
  const said = one.contentsObj?.str.replace(/\r\n?/g, "\n").trim() ?? "";
  const text = shown === undefined || said.includes(shown) ? said : `${said}\n(stamp) ${shown}`.trim();
  const about = one.overlaidText?.replace(/\s+/g, " ").trim();
  if (text === "") return [];
  const author = one.titleObj?.str.trim();
  return [`${author ? `${author}: ` : "- "}${text}${about ? ` (on “${about}”)` : ""}`];
}

/** Text that was typed onto the page with a pen or a typewriter, as text at its place. */
export function freeTextOf(annotations: readonly Annotation[]): PageItem[] {
  return annotations
    .filter((one) => one.subtype === "FreeText" && isShown(one) && Array.isArray(one.rect))
    .flatMap(({ rect, contentsObj, textContent, defaultAppearanceData }) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = rect;
      const whole = contentsObj?.str.trim() ? contentsObj.str : (textContent ?? []).join("\n");
      const lines = whole.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
      const step = (top - bottom) / Math.max(1, lines.length);
      const size = Math.max(1, Math.min(defaultAppearanceData?.fontSize || 12, 0.9 * step));
      return lines.map((str, at) => ({
        str,
        dir: "ltr",
        width: right - left,
        height: size,
        transform: [size, 0, 0, size, left, top - at * step - 0.85 * size],
      }));
    });
}
