import { expect, it } from "vitest";
import { openNodeFile } from "../../../testing/models/node-file";
import { readModelConfig } from "./config";
import { readGguf } from "../gguf/gguf";
import { stretched } from "./yarn";

async function configOf(name: string) {
  const file = await openNodeFile(new URL(`../../../../goldens/${name}.gguf`, import.meta.url).pathname);
  const config = readModelConfig(await readGguf(file));
  await file.close();
  return config;
}

it("stretching a model by hand gives what a file with YaRN says, whose logits are checked against f64", async () => {
  const file = await configOf("yarn-MIX"); // factor 4 from a context of 64
  const { yarn, ...plain } = file.attention;
  const model = stretched({ ...file, attention: plain, contextLength: 64 }, 4);
  expect(model.attention.yarn).toEqual(yarn);
  expect(model.contextLength).toBe(256);
});

it("a file's own YaRN stays, no factor changes nothing, and no context grows past 1,010,000", async () => {
  const [yarn, nano] = [await configOf("yarn-MIX"), await configOf("nano-MIX")];
  expect(stretched(yarn, 2)).toBe(yarn);
  expect(stretched(nano, null)).toBe(nano);
  expect(stretched(nano, 2).contextLength).toBe(524_288);
  expect(stretched(nano, 4).contextLength).toBe(1_010_000);
});
