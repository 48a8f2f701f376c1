import { samplingStepNames } from "../../instruments/debug/sampling-steps";
import type { Gpu } from "../../engine/gpu/device";
import { modeOf } from "../../ground/prompt-mode";
import { longestContext } from "../../engine/runtime/memory-plan";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import { checkIds } from "./prompt-ids";
import type { ChatStates } from "./chat-states";
import type { InspectRequest, StateReport } from "../rpc/protocol/inspect";
import type { Running } from "./running-model";

/** A request whose documents are texts. */
export type InspectTextRequest = Omit<InspectRequest, "messages"> & {
  readonly messages: readonly TemplateMessage[];
};

/**
 * Reads a conversation up to the end of an answer, or to `endToken` of it, on a state of its own. What is
 * saved of chats is not read again but for the tokens that are traced; what the running model holds is left
 * alone.
 *
 * @throws OutOfMemoryError  when there is no room for a second context
 * @throws CancelledError    when `signal` aborts
 */
export async function inspectAnswer(
  gpu: Gpu,
  running: Running,
  chatStates: ChatStates | undefined,
  { answerId, messages, answer, sampling, endToken, ...asked }: InspectTextRequest,
  onRead: (readTokens: number, totalTokens: number) => void,
  signal: AbortSignal,
): Promise<StateReport> {
  const { header, weights, session, lastAnswer, owner } = running;
  const { text } = header;
  const mode = modeOf(asked);
  const prompt = text.renderChat(messages, mode).ids;
  const drawn = lastAnswer?.answerId === answerId ? lastAnswer : null;
  const whole = drawn?.ids ?? text.renderChat(messages, { ...mode, begun: answer }).ids;
  // The last token of an answer that filled the longest context has no position to be read at.
  const readable = whole.slice(0, longestContext(session.model.config));
  const ids = readable.slice(0, endToken ?? readable.length);
  checkIds(ids, header.config);
  const { inspectState } = await import("../../instruments/debug/inspect-state"); // rarely wanted
  const loaded = { ...weights, config: session.model.config }; // stretched, where it is
  const trace = await inspectState(gpu, loaded, {
    ids,
    promptLength: prompt.length,
    sampling,
    keeper: chatStates?.keeper,
    stored: (await chatStates?.usable(owner.fingerprint)) ?? [],
    onRead: (readTokens) => onRead(readTokens, ids.length),
    signal,
  });
  const textOf = (id: number) => text.decode([id]);
  const candidateTexts = Object.fromEntries(
    trace.candidates.flatMap((list) => (list ?? []).map(({ id }) => [id, textOf(id)])),
  );
  return {
    ...trace,
    ids,
    totalTokens: readable.length,
    texts: ids.map(textOf),
    candidateTexts,
    promptLength: prompt.length,
    isAsDrawn: drawn?.isAsDrawn ?? false,
    steps: samplingStepNames,
  };
}
