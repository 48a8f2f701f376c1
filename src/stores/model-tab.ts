import { lockManager } from "../storage/locks";

const LOCK = "model in use";
/** A tab that was closed or reloaded a moment ago may still have it. */
const CLAIM_MS = 1500;
/** To end its answer and give its memory back; then it is taken from the other tab. */
const GIVE_MS = 8000;

type Give = () => Promise<void>;

let release: (() => void) | null = null;
let give: Give = () => Promise.resolve();
let channel: BroadcastChannel | null = null;

/**
 * One tab of this site has a model on the GPU: a second one would take the memory twice. From now on this tab listens for others that want it.
 *
 * @param onWanted ends what the model does here and gives its memory back
 */
export function shareModel(onWanted: Give): void {
  give = onWanted;
  if (typeof BroadcastChannel === "undefined") return;
  channel = new BroadcastChannel("model");
  channel.onmessage = () => void giveAway();
}

/** @returns whether this tab may load a model: false when another one has one. Where there are no Web Locks, every tab may. */
export async function claimModel(): Promise<boolean> {
  return release !== null || !lockManager() || hold({ signal: AbortSignal.timeout(CLAIM_MS) });
}

/** Asks the tab that has the model for it; one that does not answer, frozen perhaps, loses it. */
export async function takeModel(): Promise<void> {
  if (release !== null || !lockManager()) return;
  channel?.postMessage("wanted");
  if (!(await hold({ signal: AbortSignal.timeout(GIVE_MS) }))) await hold({ steal: true });
}

async function giveAway(): Promise<void> {
  if (release === null) return;
  await give();
  release();
  release = null;
}

/** Holds the lock until it is given away; resolves when it is held, or can not be. */
function hold(options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    let isMine = false;
    const held = lockManager()!.request(LOCK, options, () => {
      isMine = true;
      return new Promise<void>((done) => {
        release = done;
        resolve(true);
      });
    });
    held.catch(() => {
      resolve(false);
      if (!isMine) return;
      release = null; // taken from this tab
      void give();
    });
  });
}
