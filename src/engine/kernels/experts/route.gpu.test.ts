import { expect, it } from "vitest";
import { sigmoid } from "../../../reference/activation";
import { route } from "../../../reference/experts";
import { download, gpu, run, scope, upload } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileRoute } from "./route";

// Fewer experts than lanes, as many, one more, and the most that are published; all of them used.
it.each([
  { count: 4, used: 1 },
  { count: 7, used: 7 },
  { count: 64, used: 8 },
  { count: 65, used: 3 },
  { count: 512, used: 10 },
])("$used of $count experts are those of f64, of equal ones the lower number", async ({ count, used }) => {
  const nTokens = 3;
  const sharedWidth = 96;
  const rowStride = Math.ceil((count + 1) / 4) * 4;
  const logits = randomNormal(nTokens * rowStride, 11);
  // The second token has three values in all, so most choices are ties.
  for (let e = 0; e < count; e++) logits[rowStride + e] = (e * 7) % 3;
  const inner = randomNormal(nTokens * sharedWidth, 12);
  const routes = upload(new Float32Array(nTokens * used * 2));
  const sharedInner = upload(inner);
  const kernel = await compileRoute(gpu.compiler, { count, used });
  const args = { logits: upload(logits), routes, sharedInner, rowStride, sharedWidth, hasSharedGate: true };
  run([kernel(scope, "route", args)], nTokens);
  const weights = await download(routes);
  const experts = new Uint32Array(weights.buffer, weights.byteOffset, weights.length);
  const gated = await download(sharedInner);
  for (let t = 0; t < nTokens; t++) {
    const row = Float64Array.from(logits.subarray(t * rowStride, t * rowStride + count));
    route(row, used).forEach(({ expert, weight }, slot) => {
      const at = 2 * (t * used + slot);
      expect(experts[at]).toBe(expert);
      expect(Math.abs(weights[at + 1]! - weight)).toBeLessThan(1e-6);
    });
    const factor = sigmoid(logits[t * rowStride + count]!);
    for (let i = t * sharedWidth; i < (t + 1) * sharedWidth; i++)
      expect(Math.abs(gated[i]! - factor * inner[i]!)).toBeLessThan(1e-6 * Math.abs(inner[i]!) + 1e-7);
  }
});
