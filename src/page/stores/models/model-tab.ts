import { lockManager, refusesLocks } from "../../../storage/locks";

const LOCK = "model in use";
/** A tab that was closed or reloaded a moment ago may still have it. */
const CLAIM_MS = 1500;
/** To end its answer and give its memory back; then it is taken from the other tab. */
const GIVE_MS = 8000;
const ASK_EVERY_MS = 1000;

type Give = () => Promise<void>;

/** Ends the holding of the lock; `null`: another tab has it, or none. */
let release: (() => void) | null = null;
let asking: Promise<boolean> | null = null;
let give: Give = () => Promise.resolve();
let channel: BroadcastChannel | null = null;

/**
 * One tab of this site has a model on the GPU: a second one would take the memory twice. From now on this tab
 * listens for others that want it.
 *
 * @param onWanted ends what the model does here and gives its memory back
 */
export function shareModel(onWanted: Give): void {
  give = onWanted;
  if (typeof BroadcastChannel === "undefined") return;
  channel = new BroadcastChannel("model");
  channel.onmessage = () => void giveAway();
}

/**
 * @returns whether this tab may load a model: false when another one has one. Where there are no Web Locks,
 *   every tab may.
 */
export async function claimModel(): Promise<boolean> {
  if (release !== null || !lockManager()) return true;
  return oneAtATime(() => hold({ signal: AbortSignal.timeout(CLAIM_MS) }));
}

/** Asks the tab that has the model for it; one that does not give it, frozen perhaps, loses it. */
export async function takeModel(): Promise<void> {
  if (await asking) return;
  if (release !== null || !lockManager()) return;
  await oneAtATime(async () => {
    const ask = () => channel?.postMessage("wanted");
    ask();
    // whoever gets it before this tab does has not heard the first
    const timer = setInterval(ask, ASK_EVERY_MS);
    try {
      return (await hold({ signal: AbortSignal.timeout(GIVE_MS) })) || (await hold({ steal: true }));
    } finally {
      clearInterval(timer);
    }
  });
}

/** This tab has no model any more; another may load one. */
export function freeModel(): void {
  release?.();
  release = null;
}

/** Resolves when no tab has a model. */
export async function untilModelFree(): Promise<void> {
  await lockManager()?.request(LOCK, { mode: "shared" }, () => undefined);
}

/** Two requests of one tab would wait for each other. */
function oneAtATime(ask: () => Promise<boolean>): Promise<boolean> {
  asking ??= ask().finally(() => (asking = null));
  return asking;
}

async function giveAway(): Promise<void> {
  const mine = release;
  if (mine === null) return;
  release = null; // from here on this tab has to ask for it as any other
  try {
    await give();
  } finally {
    mine();
  }
}

/** Holds the lock until it is released; resolves when it is held, or can not be. */
function hold(options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    let mine: (() => void) | null = null;
    const held = lockManager()!.request(LOCK, options, () => {
      return new Promise<void>((done) => {
        mine = release = done;
        resolve(true);
      });
    });
    held.catch((cause: unknown) => {
      resolve(refusesLocks(cause)); // without locks, every tab may
      if (mine === null || release !== mine) return;
      release = null; // taken from this tab
      void give().catch(() => undefined);
    });
  });
}
