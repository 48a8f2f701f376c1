import "fake-indexeddb/auto";
import { clear, createStore } from "idb-keyval";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Random } from "../../ground/random";
import { ConversationStorage } from "../../storage/chats/conversations";
import { StateStorage } from "../../storage/chats/states";
import { ModelFiles } from "../../storage/models/model-files";
import { Faults, type FaultPoint } from "../../testing/faults/faults";
import { openFaultyGpu } from "../../testing/faults/faulty-gpu";
import { makeBlobsFaulty, makeStorageFaulty } from "../../testing/faults/faulty-storage";
import { makeModel } from "../../testing/models/make-model";
import { readHeader } from "../models/describe";
import { fetchModel } from "../models/fetch-model";
import { BUDGET_BYTES, document, earlier, Person } from "./person";

const faults = new Faults();
makeStorageFaulty(faults);
makeBlobsFaulty(faults);
const faulty = await openFaultyGpu(faults);
vi.stubGlobal("navigator", { gpu: faulty.gpu });
afterAll(() => void vi.unstubAllGlobals());

/** Minutes for all faults, in an order of the seed; without it, the first call of each name alone. */
const minutes = Number(process.env["FAULTS_MINUTES"]) || 0;
/** Faults of one job: each is met, and got over, before the next. */
const FAULTS_PER_JOB = 6;
const seed = Number(process.env["FAULTS_SEED"]) || 1;

let modelId: string;
beforeAll(async () => {
  const file = new File([makeModel({ config: "nano", quant: "MIX", seed: 1 })], "nano.gguf");
  const source = { kind: "file", file } as const;
  const describe = async (...opened: Parameters<typeof readHeader>) =>
    (await readHeader(...opened)).description;
  ({ id: modelId } = await fetchModel(new ModelFiles(), source, { describe }));
});

/** Everything is as on the day before: the model is stored, and an earlier chat. */
async function startOver(): Promise<void> {
  for (const [database, store] of [
    ["saved-states", "states"],
    ["documents", "documents"],
    ["conversations", "conversations"],
  ] as const)
    await clear(createStore(database, store));
  await new StateStorage().setBudget(BUDGET_BYTES);
  await new ConversationStorage().write(earlier);
}

async function jobWith(points: readonly FaultPoint[]) {
  await startOver();
  faulty.uncaught();
  const person = new Person(modelId, points.length + 3);
  faults.begin(points);
  try {
    await person.doJob();
    const struck = faults.end();
    const { told, ...done } = await person.findAll();
    return { done, told, struck, leftBytes: faulty.liveBytes(), uncaught: faulty.uncaught() };
  } finally {
    faults.end();
    await person.leave();
  }
}

it(
  "a device, a disk or a read that fails loses nothing: the next try works, and all is as without it",
  async () => {
    const { done, leftBytes, uncaught } = await jobWith([]);
    expect(done.chats.map((chat) => chat?.id)).toEqual(["chat", "earlier"]);
    expect(done.chats[1]).toMatchObject({ messages: earlier.messages });
    expect(done).toMatchObject({ document, budgetBytes: BUDGET_BYTES });
    expect(leftBytes).toBe(0);
    expect(uncaught).toEqual([]);

    const all = faults.points();
    expect(all.length).toBeGreaterThan(2_000);
    const inOrder = minutes > 0 ? shuffled(all) : all.filter(({ n }) => n === 1);
    const survived = new Set<string>();
    const failures: string[] = [];
    const until = minutes > 0 ? performance.now() + 60_000 * minutes : Infinity;
    for (let at = 0; at < inOrder.length && performance.now() < until; at += FAULTS_PER_JOB) {
      const points = inOrder.slice(at, at + FAULTS_PER_JOB);
      try {
        const { struck, leftBytes, done: after } = await jobWith(points);
        expect(after).toEqual(done);
        expect(leftBytes).toBe(0);
        for (const point of struck) survived.add(JSON.stringify(point));
      } catch (error) {
        failures.push(`${JSON.stringify(points)} ${String(error)} ${String((error as Error).cause)}`);
      }
    }
    console.log(`${survived.size} of ${all.length} faults met and survived.`);
    expect(failures).toEqual([]);
    expect(survived.size).toBeGreaterThan(0);
  },
  60_000 * minutes + 240_000,
);

function shuffled<T>(all: readonly T[]): T[] {
  const random = new Random(seed);
  return all
    .map((one) => [random.u32(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
