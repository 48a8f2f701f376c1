import { commonLength, type StoredState } from "../../engine/runtime/state/reuse";
import type { Unusable } from "../../engine/runtime/state/prefix-cache";
import type { Session } from "../../engine/runtime/session";
import { UnusablePart, type PartKeeper } from "../../engine/runtime/state/sequence-memory";
import { bytesOf, PartError, type StateRecord, type StateStorage } from "../../storage/chats/states";
import type { Fingerprint } from "./fingerprint";
import type { NotReused } from "../rpc/protocol/chat";
import type { StoredReadings } from "../rpc/protocol/reading";
import { t } from "../../language/language";

/** Whose state it is, and what it can be gone on from with. */
export interface StateOwner {
  readonly chatId: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly fingerprint: Fingerprint;
}

/** Keeps what was read of chats from visit to visit, and says why it could not be used. */
export class ChatStates {
  readonly #states: StateStorage;

  constructor(states: StateStorage) {
    this.#states = states;
  }

  /** The keeper in which a session puts parts, and from which it takes them. */
  readonly keeper: PartKeeper = {
    read: (name) =>
      this.#states.readPart(name).catch((cause: unknown) => {
        if (cause instanceof PartError) throw new UnusablePart(cause.code, cause.sentence);
        throw new UnusablePart("missing", t("The browser's storage can not be read."));
      }),
    write: async (bytes) => {
      if ((await this.#states.budgetBytes()) === 0)
        throw new UnusablePart("missing", t("Nothing is to be saved."));
      return this.#states.writePart(bytes);
    },
  };

  /** States of any chat that a model with this fingerprint can go on from. */
  async usable(fingerprint: Fingerprint): Promise<readonly (StoredState & StateRecord)[]> {
    return (await this.#list()).filter((state) => differences(state.fingerprint, fingerprint).length === 0);
  }

  /**
   * Stores what the session can go back to, as its chat's. A state of the chat that is a beginning of it is
   * replaced; others, of other branches, stay.
   *
   * @throws StorageError  when storage is full
   * @throws what `signal` says when it aborts
   * @returns whether it is stored now; not where the budget is smaller, or there is nothing to keep
   */
  async save(session: Session, owner: StateOwner, signal?: AbortSignal): Promise<boolean> {
    return this.#states.exclusively(async () => {
      const { keptIds, bytesToSave } = session.state;
      if (keptIds.length === 0 || bytesToSave > (await this.#states.budgetBytes())) return false;
      const own = (await this.usable(owner.fingerprint)).filter(({ chatId }) => chatId === owner.chatId);
      const isCovered = own.some(
        ({ ids, checkpoints }) =>
          commonLength(ids, keptIds) === keptIds.length &&
          checkpoints.some(({ length }) => length === keptIds.length),
      );
      if (isCovered) return true;
      const replaced = own.filter(({ ids }) => commonLength(ids, keptIds) === ids.length).map(({ id }) => id);
      const id = replaced[0] ?? crypto.randomUUID();
      const commit = async () => {
        const state = await session.save(signal);
        const now = Date.now();
        if (state)
          await this.#states.commit({ ...state, ...owner, id, savedAt: now, lastUsedAt: now }, replaced);
      };
      try {
        await commit();
      } catch (error) {
        if (!(error instanceof PartError)) throw error;
        session.state.forgetStored(); // another tab has deleted what this one relied on
        await commit();
      }
      return true;
    });
  }

  /** Notes that a state was gone on from, so that it leaves later. */
  async touch(id: string): Promise<void> {
    await this.#states.touch(id).catch(() => undefined);
  }

  /** Why a chat that was read before is read anew; undefined where it is not, or never was. */
  async whyNot(owner: StateOwner, unusable: readonly Unusable[]): Promise<NotReused | undefined> {
    const first = unusable[0];
    if (first)
      return {
        code: first.code,
        message: t("{message} What it held is read again.", { message: first.message }),
      };
    const own = (await this.#list()).filter(({ chatId }) => chatId === owner.chatId);
    const last = own[0];
    if (!last || own.some((state) => differences(state.fingerprint, owner.fingerprint).length === 0))
      return undefined;
    const changed = differences(last.fingerprint, owner.fingerprint);
    if (changed.includes("model")) {
      const message =
        last.modelName === owner.modelName
          ? t("The file of “{modelName}” is another one than this chat was read with, so it is read again.", {
              modelName: owner.modelName,
            })
          : t("This chat was read with “{modelName}”; “{modelName2}” has to read it itself.", {
              modelName: last.modelName,
              modelName2: owner.modelName,
            });
      return { code: "other-model", message };
    }
    const name = changed[0]!;
    const [before, now] = [last.fingerprint, owner.fingerprint].map((one) => describeValue(name, one));
    return {
      code: "other-settings",
      message: t(
        "This chat was read with other settings ({name}: {before}, now {now}), so it is read again.",
        { name, before, now },
      ),
    };
  }

  async #list(): Promise<readonly StateRecord[]> {
    try {
      return await this.#states.list();
    } catch {
      return []; // storage is blocked: everything is read, as on a first visit
    }
  }
}

/** A value of a fingerprint, for people. */
function describeValue(name: string, fingerprint: StateRecord["fingerprint"]): string {
  const value = fingerprint[name] ?? t("not known");
  if (name !== "rotation") return value;
  const { factor } = JSON.parse(value) as { readonly factor?: number };
  return factor === undefined ? t("as the model's own") : t("stretched {factor} times", { factor });
}

function differences(a: StateRecord["fingerprint"], b: StateRecord["fingerprint"]): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
}

/** Saved states by chat, the one saved last first. */
export function describeStored(states: readonly StateRecord[], budgetBytes: number): StoredReadings {
  const chatIds = [...new Set(states.map(({ chatId }) => chatId))];
  const readings = chatIds.map((chatId) => {
    const own = states.filter((state) => state.chatId === chatId);
    const last = own.reduce((a, b) => (b.savedAt > a.savedAt ? b : a));
    return {
      chatId,
      modelName: last.modelName,
      nTokens: Math.max(...own.map(({ ids }) => ids.length)),
      sizeBytes: bytesOf(own),
      savedAt: last.savedAt,
    };
  });
  return {
    readings: readings.sort((a, b) => b.savedAt - a.savedAt),
    usedBytes: bytesOf(states),
    budgetBytes,
  };
}
