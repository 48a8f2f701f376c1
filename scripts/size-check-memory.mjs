import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const sampleEveryMs = 100;

/**
 * Watches the memory of a browser's processes, phase by phase, ten times a second. Linux only: it reads
 * /proc.
 */
export class MemoryWatch {
  #profile;
  #phases = [];
  #timer;

  /**
   * @param {string} profile  the folder that the browser was started with, by which its processes are known
   */
  constructor(profile) {
    this.#profile = profile;
    this.phase("start");
    this.#timer = setInterval(() => this.#sample(), sampleEveryMs);
  }

  /** A new phase begins; the kernel's high-water marks are set back to what is held now. */
  phase(name) {
    this.#endPhase();
    for (const { pid } of browserProcesses(this.#profile)) writeProc(`${pid}/clear_refs`, "5");
    this.#phases.push({ name, peaks: new Map() });
    this.#sample();
  }

  /**
   * @returns the phases with the highest RSS of the page's process, which is the renderer that came to hold
   *   the most, and of
   *   the GPU's; the high-water mark is the kernel's own, between samples too
   */
  stop() {
    clearInterval(this.#timer);
    this.#endPhase();
    const ofType = (type) =>
      this.#phases.flatMap(({ peaks }) => [...peaks.values()].filter((process) => process.type === type));
    const largest = (processes) => processes.toSorted((a, b) => b.rssBytes - a.rssBytes)[0]?.pid;
    const [renderer, gpu] = [largest(ofType("renderer")), largest(ofType("gpu-process"))];
    return this.#phases.map(({ name, peaks }) => ({
      name,
      rendererBytes: peaks.get(renderer)?.rssBytes ?? 0,
      rendererMarkBytes: peaks.get(renderer)?.markBytes ?? 0,
      gpuBytes: peaks.get(gpu)?.rssBytes ?? 0,
    }));
  }

  #sample() {
    const { peaks } = this.#phases.at(-1);
    for (const { pid, type } of browserProcesses(this.#profile)) {
      const rssBytes = Math.max(memoryOf(pid, "VmRSS"), peaks.get(pid)?.rssBytes ?? 0);
      peaks.set(pid, { pid, type, rssBytes, markBytes: 0 });
    }
  }

  #endPhase() {
    for (const process of this.#phases.at(-1)?.peaks.values() ?? [])
      process.markBytes = memoryOf(process.pid, "VmHWM");
  }
}

/**
 * The processes that carry this profile's folder in their command line, as all of Chromium's do, and their
 * types.
 */
function browserProcesses(profile) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, command: readProc(`${pid}/cmdline`) }))
    .filter(({ command }) => command.includes(`--user-data-dir=${profile}`))
    .map(({ pid, command }) => ({ pid, type: /--type=([\w-]+)/.exec(command)?.[1] }));
}

const memoryOf = (pid, field) =>
  1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readProc(`${pid}/status`))?.[1] ?? 0);

/** "" for a process that has ended. */
function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}

function writeProc(path, text) {
  try {
    writeFileSync(`/proc/${path}`, text);
  } catch {
    // It has ended, or is another user's.
  }
}
