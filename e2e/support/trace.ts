import { expect, type Browser, type Page } from "@playwright/test";
import { MachinePace } from "./machine-pace";

/** CPU time that one task may take of the page's main thread, on a machine of the usual pace. */
const longestTaskMs = 50;
/**
 * A machine slower than that tells nothing about the page; a limit that grew on would hide what it should
 * find.
 */
const mostSlowness = 3;

interface Task {
  readonly atMs: number;
  readonly cpuMs: number;
  /** The parts of the task that took most of its time. */
  readonly inside: readonly string[];
}

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** The CPU time on the thread. */
  readonly tdur?: number;
  readonly args?: {
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
    /** The event of an EventDispatch, "click" for instance. */
    readonly data?: { readonly type?: string };
  };
}

interface Traced {
  readonly tasks: readonly Task[];
  /** Times of the page's marks named "frame". */
  readonly frames: readonly number[];
}

/** Does `work`, and holds that no task keeps the page's main thread for long meanwhile. */
export async function withoutLongTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
  mostMs = longestTaskMs,
): Promise<readonly Task[]> {
  const pace = new MachinePace();
  const { tasks } = await tracedTasks(browser, page, work).finally(() => pace.stop());
  const slowness = slownessOf(pace);
  const worst = tasks.toSorted((a, b) => b.cpuMs - a.cpuMs).slice(0, 5);
  console.log(
    `longest main-thread tasks: ${worst.map(({ cpuMs, inside }) => `${cpuMs.toFixed(1)} ms (${inside.at(-1)})`).join(", ")}; ` +
      `the machine takes ${slowness.toFixed(2)} times its usual CPU time`,
  );
  expect(worst.filter(({ cpuMs }) => cpuMs > mostMs * slowness)).toEqual([]);
  return tasks;
}

/**
 * Does `work`, in which the page marks its frames, and holds what they take of the main thread: the CPU time
 * of all tasks from one mark to the next.
 */
export async function withoutLongFrames(
  browser: Browser,
  page: Page,
  limits: { readonly medianMs: number; readonly mostMs: number },
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const pace = new MachinePace();
  const { tasks, frames } = await tracedTasks(browser, page, work).finally(() => pace.stop());
  const slowness = slownessOf(pace);
  const inFrames = frames.slice(1).map((end, at) => {
    const start = frames[at]!;
    return tasks.filter(({ atMs }) => atMs > start && atMs <= end).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  });
  const sorted = inFrames.toSorted((a, b) => a - b);
  const [median = 0, most = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
  console.log(
    `main thread, of ${sorted.length} frames: median ${median.toFixed(1)} ms, most ${most.toFixed(1)} ms; ` +
      `the machine takes ${slowness.toFixed(2)} times its usual CPU time`,
  );
  expect(median).toBeLessThan(limits.medianMs * slowness);
  expect(most).toBeLessThan(limits.mostMs * slowness);
  return inFrames;
}

const slownessOf = (pace: MachinePace): number => Math.min(mostSlowness, Math.max(1, pace.slowness));

/**
 * The tasks of the page's main thread during `work`, from the first paint on: navigation and the first
 * script, which are there before anything can be held up, are left out, and so is what Playwright has the
 * page do to find elements by their names (what the page does with an event is not). CPU time, because the
 * test's own two cores are busy with the GPU's work.
 */
async function tracedTasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(page, {
    categories: [
      "toplevel",
      "loading",
      "blink.user_timing",
      "devtools.timeline",
      "disabled-by-default-devtools.timeline",
    ],
  });
  await work();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const paint = traceEvents.find(({ name, pid }) => name === "firstContentfulPaint" && pid !== 0);
  if (!paint) throw new Error("The trace holds no first paint.");
  const onMain = traceEvents
    .filter(({ pid, tid, ph, ts }) => pid === paint.pid && tid === paint.tid && ph === "X" && ts > paint.ts)
    .sort((a, b) => a.ts - b.ts);
  const tasks = onMain
    .filter(({ name, tdur }) => name === "RunTask" && tdur !== undefined)
    .map((task) => ({ task, within: mostOf(task, onMain) }))
    .filter(({ within }) => !within.some(isPlaywright) || within.some(({ name }) => name === "EventDispatch"))
    .map(({ task: { ts, tdur = 0 }, within }) => ({
      atMs: (ts - paint.ts) / 1000,
      cpuMs: tdur / 1000,
      inside: within.map(({ name, args }) => `${name} ${args?.data?.type ?? ""}`.trimEnd()),
    }));
  const frames = traceEvents
    .filter(({ name, cat, pid }) => name === "frame" && cat === "blink.user_timing" && pid === paint.pid)
    .map(({ ts }) => (ts - paint.ts) / 1000);
  return { tasks, frames };
}

/**
 * The events that more than half of a task's time went to.
 *
 * @param events  in the order of their times: to walk all of them for each task takes minutes
 */
function mostOf({ ts, dur = 0, tdur = 0 }: TraceEvent, events: readonly TraceEvent[]): TraceEvent[] {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (events[middle]!.ts > ts) to = middle;
    else from = middle + 1;
  }
  const found: TraceEvent[] = [];
  for (let at = from; at < events.length && events[at]!.ts < ts + dur; at++)
    if ((events[at]!.tdur ?? 0) > tdur / 2) found.push(events[at]!);
  return found;
}

const isPlaywright = ({ args }: TraceEvent): boolean =>
  args?.chrome_mojo_event_info?.mojo_interface_tag === "blink.mojom.DevToolsSession";
