import type { ReadingAhead } from "../../../stores/documents/reading-ahead";
import { formatDuration } from "../../parts/words/format";
import { t } from "../../../../language/language";

/**
 * Says how long reading `nTokens` takes on this device.
 *
 * @param rate   tokens per second at which the model read last; undefined where it never has
 * @param ahead  the reading under way, which measures a model that has read nothing yet
 */
export function timeToRead(nTokens: number, rate: number | undefined, ahead: ReadingAhead): string {
  const running = "progress" in ahead ? (ahead.progress?.tokensPerSecond ?? null) : null;
  const tokensPerSecond = rate ?? running;
  if (tokensPerSecond !== null)
    return t("about {duration} to read", { duration: formatDuration(nTokens / tokensPerSecond) });
  return ahead.phase === "reading"
    ? t("time to read: being measured")
    : t("time to read: not measured yet on this device");
}
