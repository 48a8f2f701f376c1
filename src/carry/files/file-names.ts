const LONGEST = 80;

/**
 * A name for a file, from a title: no characters that a system refuses, nor a name that one keeps for itself.
 */
export function fileNameOf(title: string): string {
  const plain = title
    .toWellFormed()
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const short = plain
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/\ufffd$/, "")
    .replace(/[. ]+$/, "")
    .replace(/^[. ]+/, "");
  return short === "" || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(short) ? `Chat ${short}`.trim() : short;
}

/** Gives each name once: the second “Chat” is “Chat (2)”. Some systems take capitals for small letters. */
export function uniqueNames(): (name: string) => string {
  const counts = new Map<string, number>();
  const used = new Set<string>();
  return (name) => {
    for (;;) {
      const nth = (counts.get(name.toLowerCase()) ?? 0) + 1;
      counts.set(name.toLowerCase(), nth);
      const candidate = nth === 1 ? name : `${name} (${nth})`;
      if (used.has(candidate.toLowerCase())) continue;
      used.add(candidate.toLowerCase());
      return candidate;
    }
  };
}
