/** Tells subtitles by their content: SubRip, WebVTT, or SubStation Alpha. */
export function isSubtitles(start: string): boolean {
  return (
    /^\ufeff?WEBVTT\b/.test(start) ||
    /^\ufeff?\s*\d+[ \t]*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->/.test(start) ||
    /^\ufeff?\s*\[Script Info\]/i.test(start)
  );
}
