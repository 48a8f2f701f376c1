/**
 * CPU time of {@link work} on a quiet machine of two cores (the one the limits were set on), in milliseconds.
 */
const usualMs = 3.7;

const text = JSON.stringify(
  Array.from({ length: 4000 }, (_, n) => ({ name: `value ${n}`, place: [n, n / 7], isEven: n % 2 === 0 })),
);

/** A piece of what a page does: parsing, objects, strings. */
const work = () => JSON.stringify(JSON.parse(text)).length;

/**
 * Measures the machine's pace while a test runs. Where cores are shared with other machines, or two threads
 * share one, the same work takes up to three times the CPU time. A limit in milliseconds would then be a test
 * of the machine.
 */
export class MachinePace {
  readonly #samples: number[] = [];
  readonly #timer = setInterval(() => this.#sample(), 1000);

  constructor() {
    for (let i = 0; i < 20; i++) work(); // until it is compiled
    this.#sample();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * The CPU time that work takes, in times of the usual: the median of a sample a second since the beginning.
   */
  get slowness(): number {
    const sorted = this.#samples.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]! / usualMs;
  }

  #sample(): void {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    this.#samples.push((user + system) / 1000);
  }
}
