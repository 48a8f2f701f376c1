import { describe, expect, it } from "vitest";
import { readBack } from "../gpu/readback";
import { greedySampling } from "../kernels/sample";
import { meanKl } from "../reference/divergence";
import { FakeKeeper } from "../testing/fake-state";
import { gpu } from "../testing/gpu";
import { openNodeFile } from "../testing/node-file";
import { Random } from "../random";
import { buildModel } from "./model";
import type { Mark, StoredState } from "./reuse";
import { openModel } from "./open-model";
import { Session } from "./session";

/** Conversations with the same model; each is some questions to states of all kinds. */
const nConversations = 20;
const nSteps = 3;

const file = await openNodeFile(new URL("../../goldens/nano-MIX.gguf", import.meta.url).pathname);
const open = await openModel(gpu, file, { contextLength: 300, precision: "f32" });
const { vocabSize } = open.config;

const newSession = (keeper?: FakeKeeper) => new Session(gpu, open.model, open.scope, { keeper });
/** The same weights with a memory of its own. */
const { config, loaded } = open;
const other = buildModel(gpu, open.scope, config, loaded.weights, loaded.kernels, { capacity: 300 });

/** The logits after `ids`, as the session's state gives them, and how much of it was there. */
async function logitsAfter(
  session: Session,
  ids: readonly number[],
  options: { marks?: readonly Mark[]; stored?: readonly StoredState[] } = {},
) {
  // Stopped with the last chunk under way: no further token writes over the logits.
  const stop = new AbortController();
  const { reusedTokens } = await session.answer({
    ids,
    sharedPrefixLength: 0,
    sampling: { ...greedySampling, maxNewTokens: 1 },
    ...options,
    signal: stop.signal,
    onRead: (read) => read === ids.length && stop.abort(),
  });
  const { logits } = session.model.activations;
  const bytes = await readBack(gpu.memory, { ...logits, sizeBytes: vocabSize * 4 });
  return { reusedTokens, logits: new Float32Array(bytes) };
}

const freshLogits = async (ids: readonly number[]) =>
  (await logitsAfter(new Session(gpu, other, open.scope), ids)).logits;

const some = (random: Random, n: number) => Array.from({ length: n }, () => random.u32() % 300);

describe("a kept state", () => {
  it("gives the logits of a fresh run, however it was come by", async () => {
    let reusedInAll = 0;
    for (let seed = 0; seed < nConversations; seed++) {
      const random = new Random(seed);
      const below = (n: number) => random.u32() % n;
      const keeper = new FakeKeeper();
      let session = newSession(keeper);
      const stored: StoredState[] = [];
      let ids = some(random, 20 + below(50));
      for (let step = 0; step < nSteps; step++) {
        const marks: Mark[] = [{ position: 1 + below(ids.length), kind: "document" }];
        const { logits, reusedTokens } = await logitsAfter(session, ids, { marks, stored });
        reusedInAll += reusedTokens;
        if (step > 0)
          expect(meanKl(await freshLogits(ids), logits, vocabSize), `${seed}.${step}`).toBeLessThan(1e-6);
        if (below(2)) await session.read({ ids: ids.slice(0, 1 + below(ids.length)), stored });
        if (below(2)) {
          const state = await session.save();
          if (state) stored.push({ id: String(step), ...state });
        }
        if (below(4) === 0) {
          session = newSession(keeper); // the page is loaded anew
        }
        // Another question, to what was there or to a part of it.
        ids = [
          ...ids.slice(0, below(3) ? ids.length : 1 + below(ids.length)),
          ...some(random, 1 + below(30)),
        ];
      }
    }
    expect(reusedInAll).toBeGreaterThan(nConversations * nSteps * 10);
  });

  it("goes on from storage with the very same logits, and tokens, from the saved position on", async () => {
    const ids = some(new Random(9), 90);
    const keeper = new FakeKeeper();
    const first = newSession(keeper);
    await first.read({ ids });
    const state = (await first.save())!;
    const question = [...ids, 5, 6, 7];
    const live = await logitsAfter(first, question);
    const second = newSession(keeper);
    const restored = await logitsAfter(second, question, { stored: [{ id: "a", ...state }] });
    expect(restored.reusedTokens).toBe(90);
    expect(restored.logits).toEqual(live.logits);
  });

  it("says which part could not be used, and reads from where it can", async () => {
    const ids = some(new Random(9), 90);
    const keeper = new FakeKeeper();
    const first = newSession(keeper);
    await first.read({ ids, marks: [{ position: 40, kind: "document" }] });
    const state = { id: "a", ...(await first.save())! };
    keeper.parts.delete(state.checkpoints.at(-1)!.parts[0]!);
    const second = newSession(keeper);
    const read = await second.read({ ids, stored: [state] });
    expect(read.reusedTokens).toBe(40);
    expect(read.unusable).toEqual([
      { stateId: "a", code: "missing", message: expect.stringMatching(/is missing/) as string },
    ]);
  });
});
