import type { WireError } from "../../ground/errors";

/** The arguments and the answers of a call. A call without progress says `never`. */
export interface Call {
  readonly args: readonly unknown[];
  readonly result: unknown;
  readonly progress: unknown;
}

/** Calls by name, as an interface. */
export type CallTable<Calls> = { readonly [Name in keyof Calls]: Call };

/**
 * Page → worker. `cancel` names an earlier call: a download or load rejects with "cancelled", a `generate`
 * resolves with finish "stopped".
 */
export type ToWorker =
  | {
      readonly type: "call";
      readonly id: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: "cancel"; readonly id: number };

/** Worker → page. `device-lost` belongs to no call: the model is gone and has to be loaded again. */
export type FromWorker =
  | { readonly type: "progress"; readonly id: number; readonly progress: unknown }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: WireError }
  | { readonly type: "device-lost"; readonly error: WireError };
