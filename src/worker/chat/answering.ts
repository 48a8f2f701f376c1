import type { AnswerDelta, ContextParts } from "../../ground/answer";
import { modeOf } from "../../ground/prompt-mode";
import { checkIds, marksOf } from "./prompt-ids";
import type { ChatStates } from "./chat-states";
import type { TextRequest } from "./prompt-documents";
import type { GenerateEvent, GenerateResult } from "../rpc/protocol/chat";
import { ReadingRate } from "./reading-rate";
import type { Running } from "./running-model";

/** Reads a prompt and writes its answer, as text. */
export async function answer(
  running: Running,
  chatStates: ChatStates | undefined,
  { chatId, answerId, messages, begun, sampling, maxNewTokens, ...mode }: TextRequest,
  progress: (event: GenerateEvent) => void,
  signal: AbortSignal,
): Promise<GenerateResult> {
  running.lastAnswer = null; // where this fails, an answer that goes on is no longer what it was
  const { header, session, contextLength, owner } = running;
  const { text, config } = header;
  const rendered = text.renderChat(messages, { ...modeOf(mode), ...(begun && { begun }) });
  const { ids, sharedPrefixLength, opensInReasoning, parts: counts } = rendered;
  const parts: ContextParts = {
    systemTokens: messages[0]?.role === "system" ? (counts.turns?.[0] ?? 0) : 0,
    documentTokens: counts.documentTokens,
  };
  checkIds(ids, config);
  const seed = sampling.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
  const goesOn = Boolean(begun?.text || begun?.reasoning);
  const stream = text.createAnswerStream({ opensInReasoning, goesOn });
  const drawn: number[] = [];
  let generatedTokens = 0;
  let firstAt = 0;
  const write = (delta: AnswerDelta) => {
    const elapsedMs = performance.now() - firstAt;
    const tokensPerSecond = generatedTokens > 1 ? ((generatedTokens - 1) * 1000) / elapsedMs : 0;
    const contextUsed = Math.min(contextLength, ids.length + generatedTokens);
    progress({ kind: "writing", ...delta, generatedTokens, tokensPerSecond, contextUsed, parts });
  };
  const rate = new ReadingRate();
  const { from, unusable, ...summary } = await session.answer({
    ids,
    sharedPrefixLength,
    marks: marksOf(rendered),
    stored: (await chatStates?.usable(owner.fingerprint)) ?? [],
    sampling: {
      ...sampling,
      seed: seed >>> 0,
      maxNewTokens: maxNewTokens ?? 0xffffffff,
      stopIds: text.stopIds,
    },
    signal,
    onRead: (readTokens, reusedTokens) =>
      progress({
        kind: "reading",
        readTokens,
        totalTokens: ids.length,
        reusedTokens,
        tokensPerSecond: rate.add(readTokens),
        parts,
      }),
    onToken: (id) => {
      if (generatedTokens === 0) firstAt = performance.now();
      generatedTokens++;
      drawn.push(id);
      write(stream.push(id));
    },
  });
  const rest = stream.flush();
  if (rest.answer !== "" || rest.reasoning !== "" || rest.wasThoughts) write(rest);
  if (answerId !== undefined) running.lastAnswer = { answerId, ids: [...ids, ...drawn], isAsDrawn: !goesOn };
  if (from !== null) await chatStates?.touch(from);
  const notReused = chatId && (await chatStates?.whyNot({ ...owner, chatId }, unusable));
  return {
    ...summary,
    ...(notReused && { notReused }),
    seed,
    promptTokens: ids.length,
    contextUsed: Math.min(contextLength, ids.length + summary.generatedTokens),
    contextLength,
    parts,
  };
}
