import { mark, t, type Key } from "../../../../language/language";

const names: Readonly<Record<string, Key>> = {
  device: mark("device"),
  kernels: mark("kernels"),
  weights: mark("weights"),
  tuner: mark("tuner"),
  context: mark("context"),
  "self-check": mark("self-check"),
  "first token": mark("first token"),
};

/** A part of a load, as src/engine/runtime/shape/stages.ts has them named, in words. */
export function stageName(name: string): string {
  return Object.hasOwn(names, name) ? t(names[name]!) : name;
}
