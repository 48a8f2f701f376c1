import type { Processor } from "unified";

/** Parts of the syntax that are read elsewhere: HTML is text, notes are known over all blocks. */
const off = ["htmlFlow", "gfmFootnoteDefinition", "gfmFootnoteCall", "gfmPotentialFootnoteCall"];

/** A remark plugin that turns those parts off. */
export function narrowSyntax(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: object[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: off } });
}
