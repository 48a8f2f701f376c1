/** Addresses are shorter; a hostile one before each of a million links would fill the memory. */
const LONGEST_TARGET = 2000;

/** A link as Markdown. Where its text is its address, the text is enough. */
export function linkedText(text: string, target: string): string {
  const words = text.trim();
  const bare = (address: string) => address.replace(/^(?:https?:\/\/|mailto:)/i, "").replace(/\/$/, "");
  if (words === "" || target === "" || target.length > LONGEST_TARGET || bare(words) === bare(target))
    return text;
  if (/^\s*(?:javascript|data|vbscript):/i.test(target)) return text;
  const address = /[\s()<>]/.test(target) ? encodeURI(target).replace(/[()]/g, escaped) : target;
  return text.replace(words, () => `[${words}](${address})`);
}

const escaped = (sign: string) => (sign === "(" ? "%28" : "%29");

/** The address in the code of a field: HYPERLINK "https://…". Places in the document (\l) have none. */
export function targetOf(instruction: string): string | undefined {
  return /^\s*HYPERLINK\s+(?:"([^"]+)"|([^\s"\\]+))/i.exec(instruction)?.slice(1).find(Boolean);
}
