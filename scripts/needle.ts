import "fake-indexeddb/auto";
import { parseArgs } from "node:util";
import { openReadModel, type OpenModel, type ReadModel } from "../src/engine/runtime/open-model";
import { commonLength, type StoredState } from "../src/engine/runtime/state/reuse";
import { Session } from "../src/engine/runtime/session";
import { kvRanges } from "../src/engine/runtime/state/kv-cache";
import { StateStorage } from "../src/storage/chats/states";
import { DigestedSource } from "../src/worker/chat/digested-source";
import { fingerprintOf, type Fingerprint } from "../src/worker/chat/fingerprint";
import { ChatStates, type StateOwner } from "../src/worker/chat/chat-states";
import type { Gpu } from "../src/engine/gpu/device";
import type { KvType } from "../src/ground/kv-type";
import { counted } from "../src/ground/figures";
import { greedySampling } from "../src/engine/kernels/sample";
import type { Model } from "../src/engine/runtime/model";
import { isRight, needleDocument, type NeedleDocument } from "../src/testing/needle/needle-document";
import { needleTable, verdicts, type Asked } from "../src/testing/needle/needle-score";
import { openNodeGpu } from "../src/testing/gpu/node-gpu";
import { openNodeModel } from "../src/testing/models/node-model";
import { createTextModel, type TextModel } from "../src/engine/text/text-model";
import { oneOf, wholeNumber } from "./lib/options";

/** Printed for --help, by run.mjs. */
export const usage = `npm run needle [-- --long] [--lengths 256,512,1024,2048,4096] [--questions 40] [--model FILE.gguf] [--precision f32|f16|int8]
    [--adapter default|swiftshader|lavapipe]

Writes documents with facts at set depths, asks for them, and prints accuracy by length and depth for f16 and q8 KV, and for
states just read and restored from storage. A row is printed as soon as its length is done.
--questions is how many there are at each length; --long adds 8,192 tokens and more.`;

const DEPTHS = [0, 0.25, 0.5, 0.75, 1];
const LENGTHS = [256, 512, 1024, 2048, 4096];
const LONG_LENGTHS = [8192, 16_384];
/** The demo model saw sequences up to this long: public/models/demo/README.md. */
const TRAINED_TOKENS = 3072;
const LONGEST_ANSWER = 32;
/** Questions at one depth of one document. */
const MOST_PER_DEPTH = 4;

const greedy = { ...greedySampling, maxNewTokens: LONGEST_ANSWER };

const kvTypes = ["f16", "q8"] as const;
const restoredName = (kvType: KvType) => `${kvType}, restored`;
const names = kvTypes.flatMap((kvType) => [kvType, restoredName(kvType)]);

interface Setup {
  readonly gpu: Gpu;
  readonly text: TextModel;
  readonly open: OpenModel;
  readonly kvType: KvType;
  readonly fingerprint: Fingerprint;
}

export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      model: { type: "string", default: "public/models/demo/demo.gguf" },
      questions: { type: "string", default: "40" },
      lengths: { type: "string", default: LENGTHS.join(",") },
      long: { type: "boolean", default: false },
      precision: { type: "string" },
      adapter: { type: "string", default: "default" },
    },
  });
  const nQuestions = wholeNumber(values.questions, "--questions", usage, DEPTHS.length);
  const adapter = oneOf(values.adapter, ["default", "swiftshader", "lavapipe"], "--adapter", usage);
  const wanted = values.precision && oneOf(values.precision, ["f32", "f16", "int8"], "--precision", usage);
  const short = values.lengths.split(",").map((text) => wholeNumber(text, "--lengths", usage, 64));
  const lengths = values.long ? [...short, ...LONG_LENGTHS] : short;

  const gpu = await openNodeGpu(adapter);
  const precision = wanted || (gpu.hasF16 ? "f16" : "f32");
  const file = await openNodeModel(values.model);
  const text = createTextModel({ kind: "gguf", metadata: file.gguf.metadata });
  const setups: Setup[] = [];
  for (const kvType of kvTypes) {
    const open = await openLong(gpu, file, Math.max(...lengths), precision, kvType);
    const digest = await new DigestedSource(file.source, file.gguf).digest();
    const fingerprint = fingerprintOf(digest, { quantize: null, precision, kv: kvType }, open.config);
    setups.push({ gpu, text, open, kvType, fingerprint });
  }
  const { vendor, description } = gpu.info;
  console.log(`${values.model}, ${precision}, ${description || vendor}`);
  console.log("\nRight answers: f16 KV by the depth of the fact, then each way over all depths\n");

  const started = performance.now();
  const asked: Asked[] = [];
  let printed = 0;
  for (const nTokens of lengths.toSorted((a, b) => a - b)) {
    for (const document of documentsFor(nTokens, nQuestions, text)) {
      const ways = [];
      for (const setup of setups) {
        process.stderr.write(
          `\r${counted(nTokens, "token")}, ${asked.length} questions, ${setup.kvType}      `,
        );
        ways.push(await askBothWays(setup, document));
      }
      for (const [i, { depth }] of document.needles.entries())
        asked.push({
          nTokens,
          depth,
          isRight: Object.assign({}, ...ways.map((way) => way[i])) as Asked["isRight"],
        });
    }
    const table = needleTable(asked, names, TRAINED_TOKENS).split("\n");
    process.stderr.write("\r");
    console.log(table.slice(printed).join("\n"));
    printed = table.length;
  }

  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`\n${asked.length} questions, ${minutes} minutes`);
  const found = verdicts(asked, names[0]!, names);
  for (const { way, nQuestions: n, lostPoints, isHeld } of found) {
    const points = `${Math.abs(lostPoints).toFixed(1)} points ${lostPoints > 0 ? "lost" : "gained"}`;
    console.log(`${isHeld ? "held" : "NOT HELD"}: ${way}, ${points} against f16 over ${n} questions`);
  }
  if (found[0]!.nQuestions === 0)
    console.log("f16 scores below 80 % at every length, so nothing is held against it.");
  if (found.some((verdict) => !verdict.isHeld)) process.exitCode = 1;
  await file.close();
  gpu.device.destroy();
}

/**
 * Documents until there are `nQuestions`: a long one is asked more than a short one, which has fewer facts.
 */
function documentsFor(nTokens: number, nQuestions: number, text: TextModel): readonly NeedleDocument[] {
  const count = (sentence: string) => text.encode(sentence).length;
  const documents: NeedleDocument[] = [];
  for (let asked = 0; asked < nQuestions; asked += documents.at(-1)!.needles.length) {
    const wanted = { depths: DEPTHS, perDepth: MOST_PER_DEPTH };
    documents.push(needleDocument(1000 * nTokens + documents.length, nTokens, wanted, count));
  }
  return documents;
}

/** With room for a document, its question and an answer, also where the file names a shorter context. */
async function openLong(
  gpu: Gpu,
  file: ReadModel,
  longest: number,
  precision: "f32" | "f16" | "int8",
  kvType: "f16" | "q8",
): Promise<OpenModel> {
  const contextLength = longest + 256;
  const config = { ...file.config, contextLength: Math.max(contextLength, file.config.contextLength) };
  const open = await openReadModel(gpu, { ...file, config }, { contextLength, precision, kvType });
  if (open.model.capacity >= contextLength) return open;
  open.dispose();
  throw new Error(
    `The longest document needs a context of ${counted(contextLength, "token")}; this device holds ${open.model.capacity}.`,
  );
}

/**
 * Asks a document's questions of the state that was just read, then of one that was saved and restored as the
 * app does it: parts in IndexedDB by their hash, a record that names them. The document is read once.
 */
async function askBothWays(
  { gpu, text, open, kvType, fingerprint }: Setup,
  { text: document, needles }: NeedleDocument,
) {
  const prompts = needles.map(
    ({ question }) =>
      text.renderChat([{ role: "user", content: `${document}\n\n${question}` }], { thinking: false }).ids,
  );
  // The beginning that all questions share is read once, and is the state that is saved.
  const shared = prompts.reduce((a, b) => a.slice(0, commonLength(a, b)));
  const states = new StateStorage("needle");
  const chats = new ChatStates(states);
  const scopes = [gpu.memory.scope(), gpu.memory.scope()] as const;
  try {
    const ask = async (session: Session, stored: readonly StoredState[]) => {
      const right: boolean[] = [];
      for (const [i, ids] of prompts.entries()) {
        const stream = text.createAnswerStream({ opensInReasoning: false });
        let answer = "";
        const { reusedTokens } = await session.answer({
          ids,
          stored,
          sharedPrefixLength: shared.length,
          sampling: { ...greedy, stopIds: text.stopIds },
          onToken: (id) => (answer += stream.push(id).answer),
        });
        if (reusedTokens !== shared.length)
          throw new Error(
            `${reusedTokens} of ${counted(shared.length, "token")} were reused: the state was not kept.`,
          );
        right.push(isRight(answer + stream.flush().answer, needles[i]!.value));
      }
      return right;
    };
    const fresh = new Session(gpu, open.model, scopes[0], { keeper: chats.keeper });
    await fresh.read({ ids: shared, marks: [{ position: shared.length, kind: "document" }] });
    const owner: StateOwner = { chatId: "needle", modelId: "needle", modelName: "needle", fingerprint };
    if (!(await chats.save(fresh, owner))) throw new Error("The state could not be saved.");
    const freshRight = await ask(fresh, []);
    // A session of its own knows nothing but what is saved, and of what was read nothing is left.
    clearKv(gpu, open.model);
    const restored = new Session(gpu, open.model, scopes[1], { keeper: chats.keeper });
    const restoredRight = await ask(restored, await chats.usable(fingerprint));
    return needles.map((_, i) => ({ [kvType]: freshRight[i]!, [restoredName(kvType)]: restoredRight[i]! }));
  } finally {
    await states.remove(() => true);
    for (const scope of scopes) scope.dispose();
  }
}

/** Zeroes keys and values: a state that was not wholly put back answers with nonsense. */
function clearKv({ device }: Gpu, { state, room }: Model): void {
  const encoder = device.createCommandEncoder();
  for (const layer of state) {
    if (layer.kind !== "full") continue;
    for (const { buffer, offset, sizeBytes } of kvRanges(layer, 0, room))
      encoder.clearBuffer(buffer, offset, sizeBytes);
  }
  device.queue.submit([encoder.finish()]);
}
