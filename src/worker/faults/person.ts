import { AppError, type ErrorCode } from "../../ground/errors";
import { ConversationStorage, type Conversation } from "../../storage/chats/conversations";
import { linearTree } from "../../storage/chats/message-tree";
import { DocumentStorage, type DocumentText } from "../../storage/documents";
import { engineCalls } from "../calls/engine-calls";
import { createServices } from "../calls/services";
import { EngineClient, type WorkerPort } from "../rpc/client";
import type { FromWorker, ToWorker } from "../rpc/messages";
import type { ChatMessage } from "../rpc/protocol/chat";
import type { LoadedModel } from "../rpc/protocol/load";
import type { ModelId } from "../rpc/protocol/model";
import { serve } from "../rpc/serve";

/** A worker as the page sees it, in this thread. */
class ChannelWorker extends EventTarget {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) =>
      this.dispatchEvent(new MessageEvent("message", { data }));
  }
  postMessage(message: ToWorker) {
    this.#port.postMessage(message);
  }
  terminate() {
    this.#port.close();
  }
}

/** A page with its worker, from a load of the page to the next. */
class Page {
  readonly conversations = new ConversationStorage();
  readonly documents = new DocumentStorage();
  readonly client: EngineClient;
  loaded: LoadedModel | null = null;
  #worker: ChannelWorker | null = null;

  constructor() {
    this.client = new EngineClient(() => {
      const { port1, port2 } = new MessageChannel();
      const server = serve(engineCalls(createServices((error) => server.deviceLost(error))), port2);
      port2.start();
      this.#worker = new ChannelWorker(port1);
      return this.#worker as WorkerPort;
    });
    this.client.onDeviceLost(() => (this.loaded = null));
  }

  close(): void {
    this.#worker?.terminate();
  }
}

export interface DoneJob {
  readonly answers: readonly string[];
  /** The chats as the last load of the page finds them. */
  readonly chats: readonly (Conversation | undefined)[];
  readonly document: DocumentText;
  readonly budgetBytes: number;
  /** The errors that the person was told on the way. */
  readonly told: readonly ErrorCode[];
}

/** Tries of a step that did not work before the page is reloaded. */
const TRIES_BEFORE_RELOAD = 3;

export const BUDGET_BYTES = 123_456_789;
export const earlier = chatOf("earlier", [["An old question", "an old answer"]]);
export const document: DocumentText = {
  id: "a document",
  text: "The code of the green crate is 48213.\nThe red lantern costs 17 coins.\n",
  unit: "line",
  starts: [0, 38],
  numbers: [1, 2],
  addedAt: 1,
};

/** Somebody who loads a model, asks, attaches a document, comes back later, and tries again what failed. */
export class Person {
  readonly #modelId: ModelId;
  readonly #told: ErrorCode[] = [];
  #page = new Page();
  #turns: (readonly [question: string, answer: string])[] = [];

  /** @param mostTries  of a step: each fault takes one */
  constructor(
    modelId: ModelId,
    readonly mostTries: number,
  ) {
    this.#modelId = modelId;
  }

  /** @throws what is no error for people, or stays after every try */
  async doJob(): Promise<void> {
    await this.#try("open the page", () => this.#page.client.call("start", [null]));
    await this.#ask("What is the code of the green crate?", []);
    await this.#try("attach", () => this.#page.documents.put(document));
    await this.#prepare();
    await this.#ask("What does the lantern cost?", [{ id: document.id, name: "notes.txt", range: null }]);
    await this.#prepare();
    await this.#try("unload", () => this.#page.client.call("unload", []));
    this.#page.loaded = null;
    this.#reload();
    await this.#ask("And what is green?", []);
    await this.#try("unload", () => this.#page.client.call("unload", []));
  }

  /** Gives the model's memory back, and leaves. */
  async leave(): Promise<void> {
    await this.#page.client.call("unload", []).catch(() => undefined);
    this.#page.close();
  }

  /** All that is there at the next load of the page. */
  async findAll(): Promise<DoneJob> {
    this.#page.loaded = null;
    this.#reload();
    const chats = await this.#try("list", async () => {
      const { conversations } = this.#page;
      const summaries = await conversations.list();
      const found = await Promise.all(summaries.map(({ id }) => conversations.read(id)));
      // What is damaged is said to be, and another look may find it whole.
      if (found.some((chat) => chat?.isDamaged)) throw new AppError("storage", "damaged" as never, damaged);
      return found;
    });
    const { budgetBytes } = await this.#try("settings", () => this.#page.client.call("storedReadings", []));
    return {
      answers: this.#turns.map(([, answer]) => answer),
      chats,
      document: await this.#try("read", () => this.#page.documents.read(document.id)),
      budgetBytes,
      told: this.#told,
    };
  }

  async #ask(question: string, documents: ChatMessage["documents"] = []): Promise<void> {
    const messages = [...this.#history(), { role: "user", content: question, documents } as const];
    const answer = await this.#try(`ask “${question}”`, async () => {
      const { description } = await this.#model();
      let text = "";
      await this.#page.client.call(
        "generate",
        [
          {
            chatId: "chat",
            messages,
            thinking: false,
            sampling: { ...description.sampling.answering, temperature: 0, seed: 1 },
            maxNewTokens: 3,
          },
        ],
        { onProgress: (event) => event.kind === "writing" && (text += event.answer) },
      );
      return text;
    });
    this.#turns.push([question, answer]);
    await this.#try("keep the chat", () => this.#page.conversations.write(chatOf("chat", this.#turns)));
  }

  async #prepare(): Promise<void> {
    await this.#try("prepare", async () => {
      await this.#model();
      await this.#page.client.call("prepare", [
        { chatId: "chat", messages: this.#history(), thinking: false },
      ]);
    });
  }

  #history(): ChatMessage[] {
    return this.#turns.flatMap(([content, answer]) => [
      { role: "user", content } as const,
      { role: "assistant", content: answer } as const,
    ]);
  }

  async #model(): Promise<LoadedModel> {
    const options = { contextLength: 512, quantize: null };
    this.#page.loaded ??= await this.#page.client.call("load", [this.#modelId, options]);
    return this.#page.loaded;
  }

  #reload(): void {
    this.#page.close();
    this.#page = new Page();
  }

  async #try<T>(what: string, work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof AppError) || error.code === "internal")
          throw new Error(`${what}: ${String(error)}`, { cause: error });
        this.#told.push(error.code);
        if (tries === this.mostTries) throw new Error(`${what}: still ${error.message}`, { cause: error });
        if (tries % TRIES_BEFORE_RELOAD === 0) {
          await this.leave();
          this.#reload();
        }
      }
    }
  }
}

const damaged = { hint: "Look again." as never };

export function chatOf(id: string, turns: readonly (readonly [string, string])[]): Conversation {
  const messages = turns.flatMap(([question, answer], i) => [
    { id: `${id} q${i}`, role: "user", createdAt: 1, text: question } as const,
    {
      id: `${id} a${i}`,
      role: "assistant",
      createdAt: 2,
      text: answer,
      reasoning: "",
      modelName: null,
      state: { kind: "done", finish: "stop" },
      figures: null,
    } as const,
  ]);
  const tree = linearTree(messages.map((message) => message.id));
  return { id, title: id, createdAt: 1, updatedAt: 2, messages, tree };
}
