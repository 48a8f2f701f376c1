import { describe, expect, it } from "vitest";
import { readBack } from "../../gpu/readback";
import { greedySampling } from "../../kernels/sample";
import { FakeKeeper } from "../../../testing/fake-state";
import { gpu } from "../../../testing/gpu/gpu";
import { openNodeFile } from "../../../testing/models/node-file";
import { Random } from "../../../ground/random";
import type { StoredState } from "./reuse";
import { openModel } from "../open-model";
import { Session } from "../session";

const file = await openNodeFile(new URL("../../../../goldens/nano-MIX.gguf", import.meta.url).pathname);
const open = await openModel(gpu, file, { contextLength: 300, precision: "f32" });
const { vocabSize } = open.config;

const newSession = (keeper?: FakeKeeper) => new Session(gpu, open.model, open.scope, { keeper });
/** The logits after `ids`, as the session's state gives them, and how much of it was there. */
async function logitsAfter(
  session: Session,
  ids: readonly number[],
  options: { stored?: readonly StoredState[] } = {},
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

const some = (random: Random, n: number) => Array.from({ length: n }, () => random.u32() % 300);

describe("a kept state", () => {
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
