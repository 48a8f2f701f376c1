import { expect, it } from "vitest";
import { openModel } from "../runtime/open-model";
import { gpu } from "../testing/gpu";
import { openNodeFile } from "../testing/node-file";
import { countToken } from "./count";

const demo = new URL("../../public/models/demo/demo.gguf", import.meta.url).pathname;
// Smaller than the embedding, the head and the MLP's matrices, so that all of them lie in several buffers.
const split = { ...gpu, maxBindingBytes: 64 * 1024 };

async function costOn(device: typeof gpu) {
  const file = await openNodeFile(demo);
  const open = await openModel(device, file, { contextLength: 16 });
  const cost = countToken(device.memory, open.model, 16);
  open.dispose();
  await file.close();
  return cost;
}

it("a token of the demo model takes 6 × 14 + 2 × 13 + 5 dispatches and reads every weight once", async () => {
  const { dispatches, bytes } = await costOn(gpu);
  expect(dispatches).toBe(115);
  expect(bytes.weights / 6_374_096).toBeCloseTo(1, 3); // the file's tensors, and the embedding's one row
});

it("matrices in pieces take more dispatches and the same bytes", async () => {
  const [whole, inPieces] = [await costOn(gpu), await costOn(split)];
  expect(inPieces.dispatches).toBeGreaterThan(whole.dispatches);
  expect(inPieces.bytes.weights / whole.bytes.weights).toBeCloseTo(1, 3);
  expect(inPieces.bytes.state).toBe(whole.bytes.state);
});
