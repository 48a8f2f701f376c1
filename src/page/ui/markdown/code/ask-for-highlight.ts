export interface HighlightRequest {
  readonly id: number;
  readonly code: string;
  readonly language: string;
}

export interface HighlightReply {
  readonly id: number;
  readonly lines: readonly string[] | undefined;
}

type Lines = HighlightReply["lines"];

// A grammar that takes this long for a text is stuck in it.
const patienceMs = 5_000;

let worker: Worker | undefined;
let nextId = 0;
const waiting = new Map<number, (lines: Lines) => void>();

/** The code's lines as HTML, made in a worker; undefined where there is no grammar or it takes too long. */
export function askForHighlight(code: string, language: string): Promise<Lines> {
  const current = (worker ??= start());
  const id = nextId++;
  return new Promise((resolve) => {
    const timer = setTimeout(() => stop(current), patienceMs);
    waiting.set(id, (lines) => {
      clearTimeout(timer);
      resolve(lines);
    });
    current.postMessage({ id, code, language } satisfies HighlightRequest);
  });
}

function start(): Worker {
  const started = new Worker(new URL("./highlight.worker.ts", import.meta.url), { type: "module" });
  started.onmessage = ({ data: { id, lines } }: MessageEvent<HighlightReply>) => {
    waiting.get(id)?.(lines);
    waiting.delete(id);
  };
  started.onerror = () => stop(started);
  return started;
}

/** Ends a worker that is stuck: what it was asked for stays plain, the next call starts another. */
function stop(stuck: Worker): void {
  if (worker !== stuck) return;
  stuck.terminate();
  worker = undefined;
  for (const resolve of waiting.values()) resolve(undefined);
  waiting.clear();
}
