import { greedySampling } from "../../../engine/kernels/sample";
import type { RenderedChat, TextModel } from "../../../engine/text/text-model";
import { checkIds } from "../prompt-ids";
import type { ChatStates } from "../chat-states";
import { prepare, type PrepareTextRequest } from "../preparing";
import { modeOf, type PromptMode } from "../../../ground/prompt-mode";
import type { Running } from "../running-model";

const ask =
  "Write a title for this conversation, of two to six words, in the language of the question. Answer with the title alone.";

/** Longer than any title: a model that goes on talks about something else. */
const mostTokens = 32;

/**
 * Has the model name a conversation. The request stands behind the conversation and takes no checkpoint, and
 * the state goes back to the conversation's end, so that the next question costs what it would without.
 *
 * @returns `null` where it was stopped, or what was written is no title
 */
export async function suggestTitle(
  running: Running,
  chatStates: ChatStates | undefined,
  request: PrepareTextRequest,
  signal: AbortSignal,
): Promise<string | null> {
  const { header, session, contextLength, owner } = running;
  const { text, config } = header;
  const history = text.renderHistory(request.messages, modeOf(request)).ids;
  const { ids, opensInReasoning } = titlePrompt(text, request, history);
  // Without the end of the conversation in memory the title would cost reading it again.
  if (signal.aborted || opensInReasoning || ids.length + mostTokens > contextLength) return null;
  if (!startsWith(session.heldIds, history) || !startsWith(ids, history)) return null;
  checkIds(ids, config);
  const stream = text.createAnswerStream({ opensInReasoning, goesOn: false });
  let title = "";
  const { finish } = await session.answer({
    ids,
    sharedPrefixLength: history.length, // where a checkpoint is already
    stored: (await chatStates?.usable(owner.fingerprint)) ?? [],
    sampling: { ...greedySampling, maxNewTokens: mostTokens, stopIds: text.stopIds },
    signal,
    onToken: (id) => (title += stream.push(id).answer),
  });
  title += stream.flush().answer;
  if (!signal.aborted) await prepare(running, chatStates, request, () => undefined, signal);
  return finish === "stop" && !signal.aborted ? asTitle(title) : null;
}

/**
 * The conversation with the request for a title, which is answered without thoughts. A template that says the
 * effort of thinking before the first question, as Qwen3.8's, makes another history without thinking: there
 * the prompt is the one with thoughts, and they are closed before they begin.
 */
export function titlePrompt(
  text: Pick<TextModel, "renderChat">,
  { messages, ...request }: Pick<PrepareTextRequest, "messages"> & PromptMode,
  history: readonly number[],
): Pick<RenderedChat, "ids" | "opensInReasoning"> {
  const asked: typeof messages = [...messages, { role: "user", content: ask }];
  const mode = modeOf(request);
  const without = text.renderChat(asked, { ...mode, thinking: false });
  return startsWith(without.ids, history) || !mode.thinking
    ? without
    : text.renderChat(asked, { ...mode, skipsThoughts: true });
}

const startsWith = (ids: readonly number[], prefix: readonly number[]) =>
  prefix.length <= ids.length && prefix.every((id, at) => id === ids[at]);

/** The title as it is shown: one line without quotation marks around it; `null` for what is none. */
export function asTitle(written: string): string | null {
  const lines = written.trim().split("\n").filter(Boolean);
  if (lines.length !== 1) return null;
  const title = lines[0]!
    .replace(/^#+\s*|^(?:title|titel|titre|título|标题)\s*[:：]\s*/iu, "")
    .replace(/^[*_"'“”„«»「『《]+|[*_"'“”„«»」』》]+$/gu, "")
    .replace(/[.。]$/u, "")
    .trim();
  return /[\p{L}\p{N}]/u.test(title) && title.length <= 80 ? title : null;
}
