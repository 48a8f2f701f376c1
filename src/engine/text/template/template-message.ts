import type { TemplateDocument } from "./document-segments";

export interface TemplateMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** The assistant's reasoning before `content`; the template decides whether history keeps it. */
  readonly reasoning?: string;
  /** They stand before `content`. */
  readonly documents?: readonly TemplateDocument[];
}
