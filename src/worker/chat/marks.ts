import type { Mark } from "../../engine/runtime/state/reuse";
import type { RenderedHistory } from "../../engine/text/text-model";

/** A shorter system prompt is read sooner than a checkpoint is worth. */
const SHORTEST_SYSTEM = 32;

/** Places in a prompt that other prompts share. */
export function marksOf({ systemEnd, documentEnds }: RenderedHistory): readonly Mark[] {
  const system: Mark[] = systemEnd >= SHORTEST_SYSTEM ? [{ position: systemEnd, kind: "system" }] : [];
  return [...system, ...documentEnds.map((position): Mark => ({ position, kind: "document" }))];
}
