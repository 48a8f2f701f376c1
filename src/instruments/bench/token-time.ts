import type { TokenCost } from "./count";

/** A card in the model. Its bandwidth is the maker's figure; the two times are assumptions. */
export interface Card {
  readonly name: string;
  /** The maker's figure, in GB/s. */
  readonly memoryGBs: number;
  /** A dependent load from the card's memory or last cache, in µs: assumed. */
  readonly latencyUs: number;
  /** From the end of a dispatch to the start of the next that reads what it wrote, in µs: assumed. */
  readonly dispatchUs: number;
}

/** Five cards of five makers' kinds. None of them has run this engine. */
export const CARDS: readonly Card[] = [
  { name: "GeForce RTX 4090", memoryGBs: 1008, latencyUs: 0.55, dispatchUs: 2.5 },
  { name: "Radeon RX 7900 XTX", memoryGBs: 960, latencyUs: 0.5, dispatchUs: 3 },
  { name: "Arc A770", memoryGBs: 560, latencyUs: 0.8, dispatchUs: 6 },
  { name: "Apple M1", memoryGBs: 68, latencyUs: 0.45, dispatchUs: 5 },
  { name: "Adreno 740", memoryGBs: 67, latencyUs: 0.6, dispatchUs: 10 },
];

/** The share of the maker's figure that a plain read reaches: assumed. */
const REACHED = 0.9;

/**
 * Memory round trips that follow one another in a dispatch: what it reads first (weights and activations are
 * asked for together), and its result on the way to the next dispatch. Attention and the delta rule read once
 * more, by what they read first.
 */
const ROUND_TRIPS = 2;

/** A token's predicted time, in ms, by what it is made of. */
export interface TokenTime {
  readonly card: string;
  readonly bytesMs: number;
  readonly chainMs: number;
  readonly dispatchMs: number;
  readonly totalMs: number;
}

/**
 * A decoded token's time by a model, not a measurement: bytes over bandwidth, plus each dispatch's chain of
 * waits, plus each dispatch's own cost. The three are added, as if nothing overlapped, which is the slow
 * side; arithmetic is left out, which is the fast side.
 */
export function tokenTime(cost: Pick<TokenCost, "dispatches" | "totalBytes">, card: Card): TokenTime {
  const bytesMs = cost.totalBytes / (card.memoryGBs * REACHED * 1e6);
  const chainMs = (cost.dispatches * ROUND_TRIPS * card.latencyUs) / 1000;
  const dispatchMs = (cost.dispatches * card.dispatchUs) / 1000;
  return { card: card.name, bytesMs, chainMs, dispatchMs, totalMs: bytesMs + chainMs + dispatchMs };
}
