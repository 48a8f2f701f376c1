import { isInMemory, storedInMemory } from "./in-memory";

/** Another context that has it says so well within this, busy as it may be. */
const ANSWER_MS = 5000;

type News<Value> =
  | { readonly kind: "wanted"; readonly key: string }
  | { readonly kind: "there"; readonly key: string; readonly value: Value };

/**
 * Values that lie in the memory of one context, for the page's other contexts. The documents' worker reads a
 * file, and the engine's needs its text: with storage they meet there, without it they ask one another.
 */
export class PassedOn<Value> {
  readonly #find: (key: string) => Promise<Value | undefined>;
  readonly #name: string;
  #channel: BroadcastChannel | null = null;

  /** @param find  looks in this context's own memory */
  constructor(name: string, find: (key: string) => Promise<Value | undefined>) {
    this.#name = name;
    this.#find = find;
    void storedInMemory.then(() => this.#listen());
  }

  /** Asks the other contexts for a key; undefined where none has it, or things are stored as usual. */
  async ask(key: string): Promise<Value | undefined> {
    if (!isInMemory() || typeof BroadcastChannel === "undefined") return undefined;
    await storedInMemory;
    const channel = this.#listen();
    return new Promise((resolve) => {
      const end = (value: Value | undefined) => {
        clearTimeout(timer);
        channel.removeEventListener("message", hear);
        resolve(value);
      };
      const hear = ({ data }: MessageEvent<News<Value>>) => {
        if (data.kind === "there" && data.key === key) end(data.value);
      };
      const timer = setTimeout(() => end(undefined), ANSWER_MS);
      channel.addEventListener("message", hear);
      channel.postMessage({ kind: "wanted", key } satisfies News<Value>);
    });
  }

  #listen(): BroadcastChannel {
    if (this.#channel) return this.#channel;
    const channel = (this.#channel = new BroadcastChannel(this.#name));
    channel.addEventListener("message", ({ data }: MessageEvent<News<Value>>) => {
      if (data.kind === "wanted") void this.#answer(channel, data.key);
    });
    return channel;
  }

  async #answer(channel: BroadcastChannel, key: string): Promise<void> {
    const value = await this.#find(key).catch(() => undefined);
    if (value !== undefined) channel.postMessage({ kind: "there", key, value } satisfies News<Value>);
  }
}
