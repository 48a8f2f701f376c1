import { describe, expect, it } from "vitest";
import type { Mark } from "../../engine/runtime/state/reuse";
import { PrefixCache } from "../../engine/runtime/state/prefix-cache";
import { FakeKeeper, FakeMemory } from "../../testing/fake-state";
import { Random } from "../../ground/random";
import { openNodeFile } from "../../testing/models/node-file";
import { ReuseOracle } from "../../testing/reuse-oracle";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import { fixtureMetadata, templateNames } from "../../engine/text/tokenizer/fixture-vocabulary";
import { createTextModel, type TextModel } from "../../engine/text/text-model";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { marksOf } from "./prompt-ids";

/** Conversations for each template, with thinking and without. */
const nConversations = 26;
const nSteps = 9;

async function textModels(): Promise<(readonly [string, TextModel])[]> {
  const published = templateNames.map((template) => {
    const metadata = fixtureMetadata("qwen35", { nMerges: 2000, template });
    return [template, createTextModel({ kind: "gguf", metadata })] as const;
  });
  const file = await openNodeFile("public/models/demo/demo.gguf");
  const { metadata } = await readGguf(file);
  await file.close();
  return [...published, ["demo.gguf", createTextModel({ kind: "gguf", metadata })]];
}

interface Chat {
  readonly name: string;
  readonly messages: readonly TemplateMessage[];
  readonly thinking: boolean;
}

/** The page, the text and the bookkeeping of a worker, over a memory that knows which ids made it. */
class Simulation {
  readonly random: Random;
  readonly keeper = new FakeKeeper();
  readonly oracle = new ReuseOracle();
  memory: FakeMemory;
  state: PrefixCache;
  readCount = 0;

  constructor(
    readonly text: TextModel,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.memory = new FakeMemory(2 + this.below(3));
    this.state = new PrefixCache(this.memory, this.keeper, 16);
  }

  below(n: number): number {
    return Math.floor(this.random.uniform() * n);
  }

  words(): string {
    const some = ["copper", "Lantern", " 42", "\n", "kiwi ", "<think>", "é", "ab", ". ", "why?", "你好"];
    return Array.from({ length: 1 + this.below(12) }, () => some[this.below(some.length)]).join("") + "x";
  }

  /** Reads as Session does, with chunks of any length. */
  async read(
    ids: readonly number[],
    marks: readonly Mark[],
    limit: number,
    until = ids.length,
  ): Promise<number> {
    const { oracle } = this;
    const expected = oracle.longestPrefix(ids, limit);
    const { length, unusable } = await this.state.rewind(ids, limit, [...oracle.stored.values()]);
    expect(length, "tokens reused").toBe(expected);
    expect(unusable).toEqual([]);
    oracle.rewound(ids, length, this.state.checkpoints);
    for (let at = length; at < until;) {
      if (at === length) {
        this.state.cut();
        oracle.cut(at);
      }
      const next = Math.min(
        until,
        at + 1 + this.below(20),
        ...marks.filter(({ position }) => position > at).map(({ position }) => position),
      );
      const tokens = ids.slice(at, next);
      this.memory.process(at, tokens);
      this.state.append(tokens);
      this.readCount += tokens.length;
      oracle.append(tokens);
      at = next;
      for (const mark of marks.filter(({ position }) => position === at)) await this.checkpoint(mark.kind);
    }
    this.memory.expectHolds(ids.slice(0, Math.max(length, until)));
    return length;
  }

  async checkpoint(kind: Mark["kind"]): Promise<void> {
    await this.state.checkpoint(kind);
    this.oracle.checkpoint();
  }

  async ask(
    chat: Chat,
  ): Promise<{ chat: Chat; reused: number; promptTokens: number; sharedPrefixLength: number }> {
    const { messages, thinking } = chat;
    const rendered = this.text.renderChat(messages, { thinking });
    const { ids } = rendered;
    const last = ids.length - 1;
    const marks = [
      ...marksOf(rendered),
      { position: Math.min(rendered.sharedPrefixLength, last), kind: "turn" as const },
    ];
    const reused = await this.read(ids, marks, last);
    const answer: TemplateMessage = {
      role: "assistant",
      content: this.words(),
      ...(thinking && this.below(3) > 0 ? { reasoning: this.words() } : {}),
    };
    // The model's own words reach the state too, whatever history then makes of them.
    const drawn = this.text.encode(`${answer.reasoning ?? ""}${answer.content}`);
    this.memory.process(ids.length, drawn);
    this.state.append(drawn);
    this.oracle.append(drawn);
    return {
      chat: { ...chat, messages: [...messages, answer] },
      reused,
      promptTokens: ids.length,
      sharedPrefixLength: marks.at(-1)!.position,
    };
  }

  /**
   * Does what {@link ask} does, but stops while the prompt is read: a checkpoint is taken there. @returns
   * tokens read until then
   */
  async askStopped({ messages, thinking }: Chat): Promise<number> {
    const rendered = this.text.renderChat(messages, { thinking });
    const { ids } = rendered;
    const until = this.below(ids.length);
    const reused = await this.read(ids, marksOf(rendered), ids.length - 1, until);
    if (until > reused) await this.checkpoint("turn");
    return Math.max(reused, until);
  }

  /** Idle time after an answer: all of it, or interrupted on the way. */
  async prepare({ messages, thinking }: Chat, isWhole: boolean): Promise<number> {
    const rendered = this.text.renderHistory(messages, { thinking });
    const { ids } = rendered;
    const until = isWhole ? ids.length : this.below(ids.length);
    const reused = await this.read(ids, marksOf(rendered), ids.length, until);
    if (Math.max(reused, until) === ids.length || until > reused) await this.checkpoint("answer");
    return ids.length;
  }

  async save(chat: Chat): Promise<void> {
    const saved = await this.state.save();
    const { stored } = this.oracle;
    if (saved) stored.set(`${chat.name}-${stored.size}`, { id: chat.name, ...saved });
  }

  /** The page is loaded anew: memory is gone, storage is not. */
  restart(): void {
    this.memory = new FakeMemory(2 + this.below(3));
    this.state = new PrefixCache(this.memory, this.keeper, 16);
    this.oracle.restart();
  }
}

describe.each(await textModels())("with the template of %s", (_, text) => {
  it.each([false, true])(
    "random conversations reuse all that was kept, and only that (thinking: %s)",
    async (thinking) => {
      for (let seed = 0; seed < nConversations; seed++) {
        const sim = new Simulation(text, seed * 2 + Number(thinking));
        const system: TemplateMessage[] = sim.below(2)
          ? [{ role: "system", content: sim.words().repeat(4) }]
          : [];
        const begin = (name: string): Chat => ({
          name,
          thinking,
          messages: [...system, { role: "user", content: sim.words() }],
        });
        const chats: Chat[] = [(await sim.ask(begin("0"))).chat];
        let at = 0;
        for (let step = 0; step < nSteps; step++) {
          const chat = chats[at]!;
          const { messages } = chat;
          const question: TemplateMessage = { role: "user", content: sim.words() };
          switch (sim.below(10)) {
            case 0: // the next question, right after an answer that was read again in idle time
            case 1: {
              const kept = await sim.prepare(chat, true);
              const before = sim.readCount;
              const next = await sim.ask({ ...chat, messages: [...messages, question] });
              expect(next.reused).toBe(kept);
              expect(sim.readCount - before).toBe(next.promptTokens - kept);
              chats[at] = next.chat;
              break;
            }
            case 2: // before idle time has read it, or while it does
              if (sim.below(2)) await sim.prepare(chat, false);
              chats[at] = (await sim.ask({ ...chat, messages: [...messages, question] })).chat;
              break;
            case 3: {
              // another answer to the same question
              const again = { ...chat, messages: messages.slice(0, -1) };
              const first = await sim.ask(again);
              const second = await sim.ask(again);
              expect(second.reused).toBe(first.sharedPrefixLength);
              chats[at] = second.chat;
              break;
            }
            case 4: {
              // an earlier question is changed
              const turns = messages.flatMap(({ role }, i) => (role === "user" ? [i] : []));
              const turn = turns[sim.below(turns.length)]!;
              chats[at] = (await sim.ask({ ...chat, messages: [...messages.slice(0, turn), question] })).chat;
              break;
            }
            case 5: // another chat
              await sim.prepare(chat, true);
              await sim.save(chat);
              if (sim.below(2) || chats.length === 1)
                chats.push((await sim.ask(begin(String(chats.length)))).chat);
              at = sim.below(chats.length);
              break;
            case 6: // the page is loaded anew
              if (sim.below(2)) await sim.save(chat);
              sim.restart();
              break;
            case 8: {
              // a branch beside what there is, then back to what was there before, and on
              const before = messages.slice(0, -2);
              const branch = await sim.ask({ ...chat, messages: [...before, question] });
              if (sim.below(2)) await sim.prepare(branch.chat, sim.below(2) === 0);
              chats[at] = (await sim.ask({ ...chat, messages: [...messages, question] })).chat;
              break;
            }
            case 9: {
              // reading the question is stopped half-way, and goes on
              const asked = {
                ...chat,
                messages: [...messages, { ...question, content: question.content.repeat(3) }],
              };
              const stopped = await sim.askStopped(asked);
              const next = await sim.ask(asked);
              expect(next.reused).toBeGreaterThanOrEqual(stopped);
              chats[at] = next.chat;
              break;
            }
            case 7: // thinking is switched for one question
              chats[at] = {
                ...(await sim.ask({ ...chat, thinking: !thinking, messages: [...messages, question] })).chat,
                thinking,
              };
              break;
          }
        }
      }
    },
    60_000,
  );
});
