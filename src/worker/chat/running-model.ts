import type { MemoryScope } from "../../engine/gpu/buffers";
import type { LoadedWeights } from "../../engine/runtime/load";
import type { Session } from "../../engine/runtime/session";
import type { ReadHeader } from "../models/describe";
import type { NumbersCheck } from "../rpc/protocol/load";
import type { LoadIdentity } from "../rpc/protocol/load-identity";
import type { StateOwner } from "./chat-states";

/** The ids that were read and drawn last, for who looks into them. */
export interface LastAnswer {
  readonly answerId: string;
  /** The ids of the prompt, and those that were drawn. */
  readonly ids: readonly number[];
  /** Else its beginning was encoded again, to go on with it. */
  readonly isAsDrawn: boolean;
}

/** The model on the GPU, with its one conversation. */
export interface Running extends LoadIdentity {
  readonly header: ReadHeader;
  readonly weights: LoadedWeights;
  /** The check of the kernels' numbers on this device. */
  readonly check: NumbersCheck;
  /** Tells its weights, as they are in the file, from any others. */
  readonly digest: string;
  readonly scope: MemoryScope;
  readonly session: Session;
  /** Whose states it can go on from; the chat is filled in by each call. */
  readonly owner: Omit<StateOwner, "chatId">;
  /** The chat whose reading is in memory; null when there is none, or it belongs to no chat. */
  chatInMemory: string | null;
  /** The same where it is not stored; else null. */
  unsavedChat: string | null;
  /** `null` until it has given one. */
  lastAnswer: LastAnswer | null;
}
