import { parseArgs } from "node:util";
import { greedySampling } from "../src/engine/kernels/sample";
import { openModel } from "../src/engine/runtime/open-model";
import { Session } from "../src/engine/runtime/session";
import { openNodeFile } from "../src/testing/models/node-file";
import { openNodeGpu } from "../src/testing/gpu/node-gpu";
import { createTextModel } from "../src/engine/text/text-model";
import { required, wholeNumber } from "./lib/options";

const usage = "scripts/size-check-node.ts --model FILE --prompt TEXT --context N --new N";

/** Node's side of size-check: the greedy ids after a message, on lavapipe in f32, as one line of JSON. */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      model: { type: "string" },
      prompt: { type: "string" },
      context: { type: "string", default: "512" },
      new: { type: "string", default: "4" },
    },
  });
  const gpu = await openNodeGpu("lavapipe");
  const file = await openNodeFile(required(values.model, "--model", usage));
  const contextLength = wholeNumber(values.context, "--context", usage, 1);
  const { gguf, model, scope } = await openModel(gpu, file, { contextLength, precision: "f32" });
  const text = createTextModel({ kind: "gguf", metadata: gguf.metadata });
  const content = required(values.prompt, "--prompt", usage);
  const prompt = text.renderChat([{ role: "user", content }], { thinking: false });

  const ids: number[] = [];
  await new Session(gpu, model, scope).answer({
    ids: prompt.ids,
    sharedPrefixLength: prompt.sharedPrefixLength,
    sampling: {
      ...greedySampling,
      maxNewTokens: wholeNumber(values.new, "--new", usage, 1),
      stopIds: text.stopIds,
    },
    onToken: (id) => ids.push(id),
  });
  console.log(JSON.stringify({ device: gpu.info.description, promptIds: prompt.ids, ids }));
}
