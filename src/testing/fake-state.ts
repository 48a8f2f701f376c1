import { createHash } from "node:crypto";
import type { PartKeeper, SequenceMemory } from "../engine/runtime/state/sequence-memory";
import { UnusablePart } from "../engine/runtime/state/sequence-memory";
import { verbatim } from "../language/language";

/** After each token a number that all tokens up to it made: equal only where the sequences are. */
function chain(before: number, id: number): number {
  let h = Math.imul(before ^ (id + 0x9e3779b9), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function chainOf(ids: readonly number[]): number[] {
  let at = 1;
  return ids.map((id) => (at = chain(at, id)));
}

/**
 * A model's memory that knows which ids made it: the recurrent state is the number of the whole sequence, a
 * row of keys and values that of the sequence up to its token. Reading with a state that does not belong to
 * the keys and values throws.
 */
export class FakeMemory implements SequenceMemory {
  readonly capacity = 100_000;
  readonly recurrentBytes = 8;
  readonly kvBytesPerToken = 4;
  #recurrent = { value: 0, length: -1 };
  readonly #slots: { value: number; length: number }[];
  readonly #kv: number[] = [];

  constructor(readonly nSlots: number) {
    this.#slots = Array.from({ length: nSlots }, () => ({ value: 0, length: -1 }));
  }

  /** Reads ids as a model does: every row before is looked at. */
  process(position: number, ids: readonly number[]): void {
    if (this.#recurrent.length !== position)
      throw new Error(`The state is after ${this.#recurrent.length} tokens, not ${position}.`);
    for (const id of ids) {
      const value = chain(this.#recurrent.value, id);
      this.#kv[this.#recurrent.length] = value;
      this.#recurrent = { value, length: this.#recurrent.length + 1 };
    }
  }

  /** @throws when the live state, or a row, is not that of `ids` */
  expectHolds(ids: readonly number[]): void {
    const values = chainOf(ids);
    if (this.#recurrent.length !== ids.length || this.#recurrent.value !== (values.at(-1) ?? 1))
      throw new Error(`The state is not that of these ${ids.length} tokens.`);
    const wrong = values.findIndex((value, i) => this.#kv[i] !== value);
    if (wrong >= 0)
      throw new Error(`Keys and values of token ${wrong} of ${ids.length} are another sequence's.`);
  }

  clear(): void {
    this.#recurrent = { value: 1, length: 0 };
  }
  copyToSlot(slot: number): void {
    this.#slots[slot] = { ...this.#recurrent };
  }
  copyFromSlot(slot: number): void {
    this.#recurrent = { ...this.#slots[slot]! };
  }
  readSlot(slot: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const { value, length: tokens } = this.#slots[slot]!;
    return Promise.resolve(new Uint8Array(Uint32Array.of(value, tokens).buffer, offset, length));
  }
  writeRecurrent(offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    const words = Uint32Array.of(this.#recurrent.value, this.#recurrent.length);
    new Uint8Array(words.buffer).set(bytes, offset);
    this.#recurrent = { value: words[0]!, length: words[1]! };
  }
  readKv(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(Uint32Array.from(this.#kv.slice(start, end)).buffer));
  }
  writeKv(start: number, end: number, bytes: Uint8Array<ArrayBuffer>): void {
    const words = new Uint32Array(bytes.slice().buffer);
    for (let i = start; i < end; i++) this.#kv[i] = words[i - start]!;
  }
}

/** Parts in memory, by a name that their bytes give. */
export class FakeKeeper implements PartKeeper {
  readonly parts = new Map<string, Uint8Array<ArrayBuffer>>();
  nWritten = 0;

  read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.parts.get(name);
    return bytes
      ? Promise.resolve(bytes)
      : Promise.reject(new UnusablePart("missing", verbatim(`Part ${name} is missing.`)));
  }

  write(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const name = createHash("sha256").update(bytes).digest("hex");
    this.parts.set(name, bytes.slice());
    this.nWritten++;
    return Promise.resolve(name);
  }
}
