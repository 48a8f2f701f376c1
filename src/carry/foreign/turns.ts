import { ROOT, type MessageTree } from "../../storage/chats/message-tree";
import type { ForeignChat, ForeignMessage } from "./foreign-chat";

/** A message of the tree that chats here have: a question, or all that was answered in a turn. */
export interface Turn {
  readonly id: string;
  readonly role: "user" | "assistant";
  /** One question, or the steps of an answer from first to last. */
  readonly steps: readonly ForeignMessage[];
}

interface Step {
  readonly message: ForeignMessage;
  readonly before: Step | null;
  readonly length: number;
}

/** Steps of all answers: where an answer branches, its beginning counts for each branch. */
const MOST_STEPS = 200_000;

/**
 * Makes a tree of questions and answers. Other programs store thoughts, calls of tools and their results as
 * messages of their own: those of a turn become one answer, and where a turn branches each branch is one.
 * What stands in a circle is reached from no first message, and is not in the tree.
 */
export function turnsOf({ messages, shownId }: Pick<ForeignChat, "messages" | "shownId">): {
  readonly turns: readonly Turn[];
  readonly tree: MessageTree;
  /** There are more branches than can be told apart; turns are missing. */
  readonly isTangled: boolean;
} {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const visible = [...byId.values()].filter(({ role }) => role !== "none");
  const parentOf = visibleParents(byId);
  const below = new Map<string | null, ForeignMessage[]>();
  for (const message of visible) {
    const parent = parentOf(message.id);
    const siblings = below.get(parent);
    if (siblings) siblings.push(message);
    else below.set(parent, [message]);
  }
  const turns: Turn[] = [];
  const children = new Map<string, string[]>();
  const shown = new Map<string, string>();
  const parents = new Map<string, string>();
  const add = (parent: string, turn: Turn) => {
    turns.push(turn);
    const siblings = children.get(parent);
    if (siblings) siblings.push(turn.id);
    else children.set(parent, [turn.id]);
    shown.set(parent, turn.id);
    parents.set(turn.id, parent);
  };
  /** The turn in which a message ended, for the branch that was open. */
  const turnOf = new Map<string, string>();
  const walk: { message: ForeignMessage; parent: string; steps: Step | null }[] = [];
  const enter = (from: string | null, parent: string, steps: Step | null, wanted: ForeignMessage["role"]) => {
    for (const message of (below.get(from) ?? []).toReversed())
      if (message.role === wanted) walk.push({ message, parent, steps });
  };
  enter(null, ROOT, null, "assistant");
  enter(null, ROOT, null, "user");
  let nSteps = 0;
  for (let at = walk.pop(); at && nSteps <= MOST_STEPS; at = walk.pop()) {
    const { message, parent, steps } = at;
    const { id } = message;
    if (message.role === "user") {
      add(parent, { id, role: "user", steps: [message] });
      turnOf.set(id, id);
      enter(id, id, null, "assistant");
      enter(id, id, null, "user");
      continue;
    }
    const now: Step = { message, before: steps, length: (steps?.length ?? 0) + 1 };
    const next = below.get(id) ?? [];
    const isEnd = next.length === 0 || next.some(({ role }) => role === "user");
    if (isEnd) {
      nSteps += now.length;
      add(parent, { id, role: "assistant", steps: stepsOf(now) });
      for (let step: Step | null = now; step && !turnOf.has(step.message.id); step = step.before)
        turnOf.set(step.message.id, id);
    }
    enter(id, parent, now, "assistant");
    enter(id, id, null, "user");
  }
  const open = shownId === null ? null : byId.has(shownId) ? nearest(shownId, byId) : null;
  for (let at = open === null ? undefined : turnOf.get(open); at !== undefined && at !== ROOT;) {
    const parent = parents.get(at)!;
    shown.set(parent, at);
    at = parent;
  }
  return {
    turns,
    tree: { children: Object.fromEntries(children), shown: Object.fromEntries(shown) },
    isTangled: nSteps > MOST_STEPS,
  };
}

function stepsOf(last: Step): readonly ForeignMessage[] {
  const steps: ForeignMessage[] = [];
  for (let step: Step | null = last; step; step = step.before) steps.push(step.message);
  return steps.reverse();
}

/** The message itself where it shows something, else the nearest before it that does; `null`: none. */
function nearest(id: string, byId: ReadonlyMap<string, ForeignMessage>): string | null {
  const seen = new Set<string>();
  let at: string | null = id;
  while (at !== null && !seen.has(at)) {
    seen.add(at);
    const message = byId.get(at);
    if (!message) return null;
    if (message.role !== "none") return at;
    at = message.parentId;
  }
  return null;
}

/** A function that gives the nearest message before another that shows something, or `null`. */
function visibleParents(byId: ReadonlyMap<string, ForeignMessage>): (id: string) => string | null {
  const known = new Map<string, string | null>();
  return (id) => {
    const passed: string[] = [];
    const seen = new Set<string>();
    let at = byId.get(id)!.parentId;
    let found: string | null = null;
    while (at !== null && !seen.has(at)) {
      const message = byId.get(at);
      if (!message) break;
      if (message.role !== "none") {
        found = at;
        break;
      }
      const before = known.get(at);
      if (before !== undefined) {
        found = before;
        break;
      }
      seen.add(at);
      passed.push(at);
      at = message.parentId;
    }
    for (const place of passed) known.set(place, found);
    return found;
  };
}
