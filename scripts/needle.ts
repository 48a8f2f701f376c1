import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { openReadModel, type OpenModel, type ReadModel } from "../src/runtime/open-model";
import type { StoredState } from "../src/runtime/reuse";
import { Session } from "../src/runtime/session";
import { UnusablePart, type PartKeeper } from "../src/runtime/state-memory";
import type { Gpu } from "../src/gpu/device";
import { isRight, needleDocument, type NeedleDocument } from "../src/testing/needle-document";
import { needleTable, verdicts, type Asked } from "../src/testing/needle-score";
import { openNodeGpu } from "../src/testing/node-gpu";
import { openNodeModel } from "../src/testing/node-model";
import { createTextModel, type TextModel } from "../src/text/text-model";
import { oneOf, wholeNumber } from "./lib/options";

const usage = `npm run needle [-- --long] [--lengths 256,512,1024,2048,4096] [--questions 40] [--model FILE.gguf] [--precision f32|f16|int8]
    [--adapter default|swiftshader|lavapipe]

Writes documents with facts at set depths, asks for them, and prints accuracy by length and depth for f16 and q8 KV, and for
states just read and restored from bytes.
--questions is how many there are at each length; --long adds 8,192 tokens and more.`;

const DEPTHS = [0, 0.25, 0.5, 0.75, 1];
const LENGTHS = [256, 512, 1024, 2048, 4096];
const LONG_LENGTHS = [8192, 16_384];
/** The demo model saw sequences up to this long: public/models/demo/README.md. */
const TRAINED_TOKENS = 3072;
const LONGEST_ANSWER = 32;
/** Questions at one depth of one document. */
const MOST_PER_DEPTH = 4;

const greedy = {
  ...{ temperature: 0, topK: 0, topP: 1, minP: 0, presencePenalty: 0, repetitionPenalty: 1 },
  ...{ seed: 1, maxNewTokens: LONGEST_ANSWER },
};

interface Setup {
  readonly gpu: Gpu;
  readonly text: TextModel;
  readonly open: OpenModel;
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
  const tests = documentsFor(lengths, nQuestions, text);
  const right = new Map<string, Record<string, boolean>>();
  const started = performance.now();
  for (const kvType of ["f16", "q8"] as const) {
    const open = await openLong(gpu, file, Math.max(...lengths), precision, kvType);
    for (const [at, { nTokens, document }] of tests.entries()) {
      process.stderr.write(`\r${kvType}: document ${at + 1} of ${tests.length}, ${nTokens} tokens   `);
      const results = await askBothWays({ gpu, text, open }, document);
      for (const [i, { fresh, restored }] of results.entries()) {
        const key = `${at} ${i}`;
        right.set(key, { ...right.get(key), [kvType]: fresh, [`${kvType}, restored`]: restored });
      }
    }
    open.dispose();
  }
  process.stderr.write("\n");

  const asked = tests.flatMap(({ nTokens, document }, at) =>
    document.needles.map(({ depth }, i): Asked => ({ nTokens, depth, isRight: right.get(`${at} ${i}`)! })),
  );
  const ways = ["f16", "f16, restored", "q8", "q8, restored"];
  const { vendor, description } = gpu.info;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `${values.model}, ${precision}, ${description || vendor}: ${asked.length} questions, ${minutes} minutes`,
  );
  console.log("\nRight answers: f16 KV by the depth of the fact, then each way over all depths\n");
  console.log(needleTable(asked, ways, TRAINED_TOKENS));
  const found = verdicts(asked, "f16", ways);
  console.log("");
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

/** Documents until there are `nQuestions` at each length: a long one is asked more than a short one, which has fewer facts. */
function documentsFor(lengths: readonly number[], nQuestions: number, text: TextModel) {
  const count = (sentence: string) => text.encode(sentence).length;
  return lengths.flatMap((nTokens) => {
    const documents: { readonly nTokens: number; readonly document: NeedleDocument }[] = [];
    for (let asked = 0; asked < nQuestions; asked += documents.at(-1)!.document.needles.length) {
      const seed = 1000 * nTokens + documents.length;
      const wanted = { depths: DEPTHS, perDepth: MOST_PER_DEPTH };
      documents.push({ nTokens, document: needleDocument(seed, nTokens, wanted, count) });
    }
    return documents;
  });
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
    `The longest document needs a context of ${contextLength} tokens; this device holds ${open.model.capacity}.`,
  );
}

/** Asks a document's questions of the state that was just read, then of one that was stored and put back. */
async function askBothWays({ gpu, text, open }: Setup, { text: document, needles }: NeedleDocument) {
  const prompts = needles.map(
    ({ question }) =>
      text.renderChat([{ role: "user", content: `${document}\n\n${question}` }], { thinking: false }).ids,
  );
  // What all questions share is read once, and is the state that is stored.
  const shared = prompts.reduce((a, b) => a.slice(0, commonLength(a, b)));
  const keeper = memoryKeeper();
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
        if (reusedTokens < shared.length)
          throw new Error(`${reusedTokens} of ${shared.length} tokens were reused: the state was not kept.`);
        right.push(isRight(answer + stream.flush().answer, needles[i]!.value));
      }
      return right;
    };
    const fresh = new Session(gpu, open.model, scopes[0], { keeper });
    await fresh.read({ ids: shared, marks: [{ position: shared.length, kind: "document" }] });
    const state = await fresh.save();
    if (!state) throw new Error("The state could not be stored.");
    const freshRight = await ask(fresh, []);
    // A session of its own knows nothing but what is stored; the keys and values are overwritten first.
    const restored = new Session(gpu, open.model, scopes[1], { keeper });
    await restored.warmUp();
    await restored.read({ ids: shared.toReversed() });
    const restoredRight = await ask(restored, [{ ...state, id: "needle" }]);
    return needles.map((_, i) => ({ fresh: freshRight[i]!, restored: restoredRight[i]! }));
  } finally {
    for (const scope of scopes) scope.dispose();
  }
}

/** Keeps parts as storage does, by their hash. */
function memoryKeeper(): PartKeeper {
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    read: (name) => {
      const bytes = parts.get(name);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new UnusablePart("missing", `No part ${name}.`));
    },
    write: (bytes) => {
      const name = createHash("sha256").update(bytes).digest("hex");
      parts.set(name, bytes.slice());
      return Promise.resolve(name);
    },
  };
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((id, i) => id !== b[i]);
  return differs < 0 ? Math.min(a.length, b.length) : differs;
}
