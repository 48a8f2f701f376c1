import fc from "fast-check";
import { afterDelta, type AnswerDelta } from "../../ground/answer";
import { afterAll, describe, expect, it } from "vitest";
import type { MemoryScope } from "../../engine/gpu/buffers";
import { readBack } from "../../engine/gpu/readback";
import { meanKl } from "../../reference/divergence";
import { buildModel, type Model } from "../../engine/runtime/model";
import { openModel } from "../../engine/runtime/open-model";
import type { Mark } from "../../engine/runtime/state/reuse";
import { Session } from "../../engine/runtime/session";
import { FakeKeeper } from "../../testing/fake-state";
import { gpu } from "../../testing/gpu/gpu";
import { openNodeFile } from "../../testing/models/node-file";
import { ReuseOracle } from "../../testing/reuse-oracle";
import { smallTextModel } from "../../testing/models/small-text-model";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import { fixtureText, templateNames } from "../../engine/text/tokenizer/fixture-vocabulary";
import type { TextModel } from "../../engine/text/text-model";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { marksOf } from "./prompt-ids";

/** The conversations of each template, with thinking and without: CONVERSATIONS=50 makes 400 of them. */
const nConversations = Number(process.env["CONVERSATIONS"] ?? 1);
const nSteps = 4;

/** In f32, between a state that was kept and a fresh run over the same ids. */
const mostKl = 1e-6;

async function templates(): Promise<(readonly [string, string])[]> {
  const demo = await openNodeFile("public/models/demo/demo.gguf");
  const { metadata } = await readGguf(demo);
  await demo.close();
  const own = metadata.get("tokenizer.chat_template") as string;
  return [...templateNames.map((name) => [name, fixtureText(name)] as const), ["demo.gguf", own]];
}

// One format of weights, so that few shaders have to compile. Room for few tokens, so that the cache grows
// and shrinks.
const file = await openNodeFile("goldens/nano-F32.gguf");
const options = { contextLength: 4096, room: 128, precision: "f32" } as const;
const open = await openModel(gpu, file, options);
await file.close();
afterAll(() => open.dispose());

/** The same weights with a memory of its own. */
const withChunksOf = (chunk: number): Model =>
  buildModel(gpu, open.scope, open.config, open.loaded.weights, open.loaded.kernels, {
    capacity: 4096,
    room: 128,
    chunk,
  });

/**
 * 20: less than a tile of products. 33: one more. The last: one chunk reads most of what is new, once chunks
 * have grown.
 */
const models = [withChunksOf(20), withChunksOf(33), open.model];
const fresh = withChunksOf(512);

/** Ids given to the GPU as prompts, counted where they go there. */
let writtenIds = 0;
const { queue } = gpu.device;
const writeBuffer = queue.writeBuffer.bind(queue);
queue.writeBuffer = (buffer, offset, data, ...rest) => {
  if (models.some(({ activations }) => activations.tokens.buffer === buffer))
    writtenIds += data.byteLength / Uint32Array.BYTES_PER_ELEMENT;
  writeBuffer(buffer, offset, data, ...rest);
};

const logitsOf = async ({ activations, config }: Model) =>
  new Float32Array(await readBack(gpu.memory, { ...activations.logits, sizeBytes: config.vocabSize * 4 }));

interface Reading {
  readonly session: Session;
  readonly scope: MemoryScope;
}

/** Two checkpoints on the GPU, so that more of them go to the keeper. */
function begin(model: Model, keeper?: FakeKeeper): Reading {
  const scope = gpu.memory.scope();
  return { scope, session: new Session(gpu, model, scope, { keeper, budgetBytes: 0 }) };
}

const drawing = { temperature: 1, topK: 20, topP: 0.95, minP: 0, presencePenalty: 0, repetitionPenalty: 1 };

/** The logits behind `ids`, of a session that has seen nothing else. */
async function freshLogits(ids: readonly number[]): Promise<Float32Array> {
  const { session, scope } = begin(fresh);
  const logits: Promise<Float32Array>[] = [];
  await session.answer({
    ids,
    sharedPrefixLength: 0,
    sampling: { ...drawing, seed: 0, maxNewTokens: 1, stopIds: [] },
    onRead: (read) => {
      if (read === ids.length) logits.push(logitsOf(fresh));
    },
  });
  scope.dispose();
  return logits[0]!;
}

interface Chat {
  readonly id: string;
  readonly messages: readonly TemplateMessage[];
  readonly thinking: boolean;
}

/** Numbers that a step needs, as shares of what there is to choose from. */
interface Step {
  readonly kind: (typeof stepKinds)[number];
  readonly where: number;
  readonly isWhole: boolean;
  readonly text: string;
}

const stepKinds = [
  "the next question, right after the answer was read again",
  "the next question, before it was",
  "another answer to the same question",
  "an earlier question is changed",
  "a branch, and back",
  "reading is stopped half-way, and goes on",
  "writing is stopped half-way",
  "another chat",
  "the page is loaded anew",
  "thinking is switched for one question",
] as const;

const pieces = ["copper", "Lantern", " 42", "\n", "kiwi ", "<think>", "é", "ab", ". ", "why?", "你好"];
const words = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 })
  .map((some) => `${some.join("")}x`);
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Steps of different kinds. */
const steps = fc
  .tuple(
    fc.shuffledSubarray([...stepKinds], { minLength: nSteps, maxLength: nSteps }),
    fc.array(fc.tuple(share, fc.boolean(), words), { minLength: nSteps, maxLength: nSteps }),
  )
  .map(([kinds, values]) =>
    values.map(([where, isWhole, text], i): Step => ({ kind: kinds[i]!, where, isWhole, text })),
  );

const beginning = fc.record({
  system: fc.option(words.map((text) => text.repeat(3))),
  document: fc.option(fc.array(words, { minLength: 1, maxLength: 3 })),
  question: words,
});

/** The page, the text and a worker's one session, over a real model. */
class Conversation {
  readonly keeper = new FakeKeeper();
  readonly oracle = new ReuseOracle();
  model = models[0]!;
  reading = begin(this.model, this.keeper);
  chats: Chat[] = [];
  at = 0;
  seed = 0;
  reused = 0;

  constructor(
    readonly text: TextModel,
    readonly thinking: boolean,
  ) {}

  /** Asks as `answering.ts` does. @param stop  after so many tokens read, or drawn */
  async ask(
    { messages, thinking }: Chat,
    stop: { readonly read?: number; readonly drawn?: number } = {},
  ): Promise<{ readonly answer: TemplateMessage; readonly reused: number; readonly length: number }> {
    const { oracle, model } = this;
    const { session } = this.reading;
    const rendered = this.text.renderChat(messages, { thinking });
    const { ids, sharedPrefixLength, opensInReasoning } = rendered;
    const last = ids.length - 1;
    const marks = marksOf(rendered);
    const expected = oracle.longestPrefix(ids, last);
    const stream = this.text.createAnswerStream({ opensInReasoning });
    const written = { content: "", reasoning: "" };
    const write = (delta: AnswerDelta) => {
      const { reasoning, answer } = afterDelta(
        { reasoning: written.reasoning, answer: written.content },
        delta,
      );
      Object.assign(written, { content: answer, reasoning });
    };
    const controller = new AbortController();
    const logits: Promise<Float32Array>[] = [];
    let nDrawn = 0;
    writtenIds = 0;
    const { reusedTokens, unusable } = await session.answer({
      ids,
      sharedPrefixLength,
      marks,
      stored: [...oracle.stored.values()],
      sampling: { ...drawing, seed: ++this.seed, maxNewTokens: 4, stopIds: this.text.stopIds },
      signal: controller.signal,
      onRead: (read) => {
        // The copy is behind the last chunk and before the first token that is drawn.
        if (read === ids.length) logits.push(logitsOf(model));
        if (read >= (stop.read ?? Infinity)) controller.abort();
      },
      onToken: (id) => {
        write(stream.push(id));
        if (++nDrawn >= (stop.drawn ?? Infinity)) controller.abort();
      },
    });
    write(stream.flush());
    const places = [...marks, { position: Math.min(sharedPrefixLength, last), kind: "turn" } as const];
    const nRead = this.#follow(ids, expected, places);
    expect({ reusedTokens, unusable, writtenIds }).toEqual({
      reusedTokens: expected,
      unusable: [],
      writtenIds: nRead,
    });
    oracle.append(session.heldIds.slice(ids.length));
    this.reused += expected;
    expect(logits).toHaveLength(session.length < ids.length ? 0 : 1);
    for (const own of logits)
      expect(meanKl(await freshLogits(ids), await own, model.config.vocabSize)).toBeLessThan(mostKl);
    const { content, reasoning } = written;
    const answer = { role: "assistant", content, ...(reasoning !== "" && { reasoning }) } as const;
    return { answer, reused: expected, length: session.length };
  }

  /** Reads in idle time as `preparing.ts` does, all of it or `share` of it. @returns tokens of the history */
  async prepare({ messages, thinking }: Chat, share = 1): Promise<number> {
    const { oracle } = this;
    const { session } = this.reading;
    const rendered = this.text.renderHistory(messages, { thinking });
    const { ids } = rendered;
    const expected = oracle.longestPrefix(ids, ids.length);
    const controller = new AbortController();
    writtenIds = 0;
    const { reusedTokens, unusable, isWhole } = await session.read({
      ids,
      marks: marksOf(rendered),
      stored: [...oracle.stored.values()],
      signal: controller.signal,
      onRead: (read) => {
        if (read >= share * ids.length) controller.abort();
      },
    });
    const nRead = this.#follow(ids, expected, marksOf(rendered));
    expect({ reusedTokens, unusable, writtenIds }).toEqual({
      reusedTokens: expected,
      unusable: [],
      writtenIds: nRead,
    });
    if (isWhole) oracle.checkpoint();
    expect(isWhole).toBe(session.length === ids.length);
    return ids.length;
  }

  /** Tells the oracle what was read of `ids` behind the first `from`. @returns tokens */
  #follow(ids: readonly number[], from: number, marks: readonly Mark[]): number {
    const { oracle } = this;
    const { session } = this.reading;
    const until = Math.min(ids.length, session.length);
    expect(session.heldIds.slice(0, until)).toEqual(ids.slice(0, until));
    oracle.rewound(ids, from, session.state.checkpoints);
    if (from < ids.length) oracle.cut(from);
    let at = from;
    for (const { position } of marks.toSorted((a, b) => a.position - b.position)) {
      if (position <= at || position > until) continue;
      oracle.append(ids.slice(at, position));
      oracle.checkpoint();
      at = position;
    }
    oracle.append(ids.slice(at, until));
    const isStopped = until < ids.length;
    if (isStopped && until > from) oracle.checkpoint();
    return until - from;
  }

  async save(): Promise<void> {
    const saved = await this.reading.session.save();
    const { stored } = this.oracle;
    const id = String(stored.size);
    if (saved) stored.set(id, { id, ...saved });
  }

  /** Another device would have another chunk length. */
  reload(model: Model): void {
    this.reading.scope.dispose();
    this.model = model;
    this.reading = begin(model, this.keeper);
    this.oracle.restart();
  }

  async answered(chat: Chat, stop?: { readonly drawn: number }): Promise<Chat> {
    const { answer } = await this.ask(chat, stop);
    return { ...chat, messages: [...chat.messages, answer] };
  }

  async take({ kind, where, isWhole, text }: Step, first: readonly TemplateMessage[]): Promise<void> {
    const chat = this.chats[this.at]!;
    const { messages } = chat;
    const question: TemplateMessage = { role: "user", content: text };
    const asked: Chat = { ...chat, messages: [...messages, question] };
    switch (kind) {
      case "the next question, right after the answer was read again": {
        const kept = await this.prepare(chat);
        const { answer, reused } = await this.ask(asked);
        expect(reused).toBe(kept);
        this.chats[this.at] = { ...asked, messages: [...asked.messages, answer] };
        break;
      }
      case "the next question, before it was":
        if (isWhole) await this.prepare(chat, where);
        this.chats[this.at] = await this.answered(asked);
        break;
      case "another answer to the same question":
        this.chats[this.at] = await this.answered({ ...chat, messages: messages.slice(0, -1) });
        break;
      case "an earlier question is changed": {
        const turns = messages.flatMap(({ role }, i) => (role === "user" ? [i] : []));
        const before = messages.slice(0, turns[Math.floor(where * turns.length)]);
        this.chats[this.at] = await this.answered({ ...chat, messages: [...before, question] });
        break;
      }
      case "a branch, and back": {
        const branch = await this.answered({ ...chat, messages: [...messages.slice(0, -2), question] });
        if (isWhole) await this.prepare(branch, where);
        this.chats[this.at] = await this.answered(asked);
        break;
      }
      case "reading is stopped half-way, and goes on": {
        const { length } = this.text.renderChat(asked.messages, { thinking: chat.thinking }).ids;
        const stopped = await this.ask(asked, { read: where * length });
        const { answer, reused } = await this.ask(asked);
        // A prompt that was read whole goes on from its last mark, for a token has to be left to draw from.
        if (stopped.length < length) expect(reused).toBeGreaterThanOrEqual(stopped.length);
        this.chats[this.at] = { ...asked, messages: [...asked.messages, answer] };
        break;
      }
      case "writing is stopped half-way":
        this.chats[this.at] = await this.answered(asked, { drawn: 1 + Math.floor(where * 3) });
        break;
      case "another chat":
        await this.prepare(chat);
        if (isWhole) await this.save();
        this.chats.push(
          await this.answered({ ...chat, id: String(this.chats.length), messages: [...first, question] }),
        );
        this.at = Math.floor(where * this.chats.length);
        this.chats[this.at] = await this.answered({
          ...this.chats[this.at]!,
          messages: [...this.chats[this.at]!.messages, question],
        });
        break;
      case "the page is loaded anew":
        if (isWhole) await this.prepare(chat, where);
        await this.save();
        this.reload(models[Math.floor(where * models.length)]!);
        this.chats[this.at] = await this.answered(asked);
        break;
      case "thinking is switched for one question": {
        const { messages } = await this.answered({ ...asked, thinking: !chat.thinking });
        this.chats[this.at] = { ...chat, messages };
        break;
      }
      default:
        kind satisfies never;
    }
  }
}

let seed = 1;
const taken = new Set<Step["kind"]>();

describe.each(await templates())("with the template of %s", (_, template) => {
  const text = smallTextModel(template);
  it.each([false, true])(
    "random conversations give the logits of fresh runs, and read only what is new (thinking: %s)",
    async (thinking) => {
      await fc.assert(
        fc.asyncProperty(beginning, steps, async ({ system, document, question }, all) => {
          const conversation = new Conversation(text, thinking);
          const first: TemplateMessage[] = system === null ? [] : [{ role: "system", content: system }];
          const documents = document && [{ name: "notes.txt", parts: document }];
          const asked = { role: "user", content: question, ...(documents && { documents }) } as const;
          conversation.chats = [
            await conversation.answered({ id: "0", thinking, messages: [...first, asked] }),
          ];
          for (const step of all) {
            await conversation.take(step, first);
            taken.add(step.kind);
          }
          conversation.reading.scope.dispose();
          expect(conversation.reused).toBeGreaterThan(0);
        }),
        // A smaller conversation that fails takes minutes to find; the seed finds this one again.
        { numRuns: nConversations, seed: seed++, endOnFailure: true },
      );
    },
    nConversations * 120_000,
  );
});

it("these conversations took every kind of step", () => {
  expect([...taken].sort()).toEqual([...stepKinds].sort());
});
