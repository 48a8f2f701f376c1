import { highlight } from "./highlight";
import type { HighlightReply, HighlightRequest } from "./ask-for-highlight";

onmessage = async ({ data: { id, code, language } }: MessageEvent<HighlightRequest>) => {
  const lines = await highlight(code, language).catch(() => undefined);
  postMessage({ id, lines } satisfies HighlightReply);
};
