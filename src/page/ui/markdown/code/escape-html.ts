const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** The text as HTML that stands between tags. */
export const escapeHtml = (text: string) => text.replace(/[&<>]/g, (letter) => entities[letter]!);
