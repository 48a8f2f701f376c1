/** The ways in which a call fails. */
export type FaultKind =
  /** The device is lost with it, and all that is asked of it later. */
  | "lost"
  | "out-of-memory"
  /** The driver, or the browser, says no this once. */
  | "refused"
  /** The disk or the quota is full. */
  | "full"
  | "unreadable"
  /** It succeeds, with other bytes or another record than were written. */
  | "damaged"
  /** It succeeds, and what was there is not. */
  | "missing"
  /** Fewer bytes than there are. */
  | "short";

/** One call that fails: the n-th of its name, counted from 1. */
export interface FaultPoint {
  readonly call: string;
  readonly n: number;
  readonly kind: FaultKind;
}

const keyOf = ({ call, n }: Pick<FaultPoint, "call" | "n">) => `${call} ${n}`;

/** Counts the calls of what is wrapped, and says of each whether it is one that is to fail. */
export class Faults {
  readonly #counts = new Map<string, number>();
  readonly #kinds = new Map<string, readonly FaultKind[]>();
  #points = new Map<string, FaultPoint>();
  #struck: FaultPoint[] = [];
  #isCounting = false;

  /** Counts from here on, and has these calls fail. */
  begin(points: readonly FaultPoint[]): void {
    this.#counts.clear();
    this.#points = new Map(points.map((point) => [keyOf(point), point]));
    this.#struck = [];
    this.#isCounting = true;
  }

  /** @returns the points that were reached */
  end(): readonly FaultPoint[] {
    this.#isCounting = false;
    return this.#struck;
  }

  /** @returns how this call is to fail; `null`: it is not */
  at(call: string, kinds: readonly FaultKind[]): FaultKind | null {
    if (!this.#isCounting) return null;
    const n = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, n);
    this.#kinds.set(call, kinds);
    const point = this.#points.get(keyOf({ call, n }));
    if (!point) return null;
    this.#struck.push(point);
    return point.kind;
  }

  /** Every way in which every call that was counted can fail. */
  points(): readonly FaultPoint[] {
    return [...this.#counts].flatMap(([call, count]) =>
      Array.from({ length: count }, (_, i) => i + 1).flatMap((n) =>
        this.#kinds.get(call)!.map((kind) => ({ call, n, kind })),
      ),
    );
  }
}
