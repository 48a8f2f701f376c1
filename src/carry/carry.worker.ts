import { hearLanguage, isSpeak } from "../language/worker-language";
import { toWireError } from "../ground/errors";
import { calls } from "./calls";
import type { CarryProgress, FromCarry, ToCarry } from "./protocol";

/** Carries chats in and out: megabytes of JSON that the page's own thread neither reads nor writes. */

const post = (message: FromCarry) => self.postMessage(message);

hearLanguage();
self.addEventListener("message", ({ data }: MessageEvent<ToCarry>) => {
  if (isSpeak(data)) return;
  const { id, name, args } = data;
  let told = 0;
  const onProgress = (progress: CarryProgress) => {
    if (performance.now() - told < 100) return;
    told = performance.now();
    post({ id, type: "progress", progress });
  };
  // A name and its arguments belong together by CarryCalls, which the page's side has checked.
  const call = calls[name] as (
    args: unknown,
    onProgress: (progress: CarryProgress) => void,
  ) => Promise<unknown>;
  void call(args, onProgress).then(
    (result) => post({ id, type: "result", result }),
    (error: unknown) => post({ id, type: "error", error: toWireError(error) }),
  );
});
