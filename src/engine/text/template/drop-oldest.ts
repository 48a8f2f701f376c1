export interface DroppableMessage {
  readonly role: "system" | "user" | "assistant";
  /** Ids of its turn in the prompt. */
  readonly tokens: number;
  /** Stays in any case, as one with a document does. */
  readonly isKept: boolean;
}

export interface Dropped {
  /** Indexes of the messages that go, in order. */
  readonly indexes: readonly number[];
  /** Questions among them. */
  readonly turns: number;
  readonly tokens: number;
}

/**
 * The oldest turns to leave out so that `tokensToFree` ids go; all that may go where those are fewer. A turn
 * is a question with what answered it, and goes whole. Instructions and the last question stay.
 */
export function dropOldest(messages: readonly DroppableMessage[], tokensToFree: number): Dropped {
  const indexes: number[] = [];
  let [turns, tokens] = [0, 0];
  for (const turn of turnsOf(messages).slice(0, -1)) {
    if (tokens >= tokensToFree) break;
    if (turn.some((at) => messages[at]!.isKept)) continue;
    indexes.push(...turn);
    turns++;
    tokens += turn.reduce((sum, at) => sum + messages[at]!.tokens, 0);
  }
  return { indexes, turns, tokens };
}

/** Indexes of the messages of each turn. */
function turnsOf(messages: readonly DroppableMessage[]): readonly (readonly number[])[] {
  const turns: number[][] = [];
  for (const [at, { role }] of messages.entries()) {
    if (role === "user") turns.push([at]);
    else if (role === "assistant") turns.at(-1)?.push(at);
  }
  return turns;
}
