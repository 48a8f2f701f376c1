import type { Room } from "../../../storage/quota";

export const usageKinds = ["models", "saved reading", "chats", "app"] as const;
export type UsageKind = (typeof usageKinds)[number];

interface Known {
  /** Bytes of the models that are stored, whole or in part. */
  readonly modelBytes: number;
  readonly readingBytes: number;
}

/**
 * The share of each kind in what the browser says is used. Models and saved reading are known to the byte,
 * the app where the browser tells; what is left is that of chats, their documents and small things.
 */
export function usageOf(
  room: Room,
  { modelBytes, readingBytes }: Known,
): Readonly<Record<UsageKind, number>> {
  // A browser may count some of it otherwise, or not yet.
  const models = Math.min(modelBytes, room.usedBytes);
  const reading = Math.min(readingBytes, room.usedBytes - models);
  const app = Math.min(room.appBytes, room.usedBytes - models - reading);
  return { models, "saved reading": reading, chats: room.usedBytes - models - reading - app, app };
}

const MB = 1e6;
const STEPS = [1, 2, 5];

/**
 * The sizes that saved reading can be limited to: nothing, then 1, 2 and 5 of each power of ten from 50 MB up
 * to the most that the browser grants it, and the present budget wherever that lies.
 */
export function budgetChoices(budgetBytes: number, mostBytes: number): readonly number[] {
  const sizes = [10, 100, 1000, 10_000, 100_000].flatMap((power) => STEPS.map((step) => step * power * MB));
  const within = sizes.filter((bytes) => bytes >= 50 * MB && bytes <= mostBytes);
  return [...new Set([0, ...within, Math.round(budgetBytes)])].sort((a, b) => a - b);
}
