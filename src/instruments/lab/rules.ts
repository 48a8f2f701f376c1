import { ruleIds, type RuleId } from "./report";

/** The kinds of token, by which gates are chosen, as a trained model chooses them by what it reads. */
export const tokenKinds = ["store", "rewrite", "switch"] as const;
export type TokenKind = (typeof tokenKinds)[number];

export interface GateSetting {
  readonly size: number;
  readonly halfLife: number | null;
}

interface Gates {
  /** Decay of key channel i. */
  readonly alpha: (i: number) => number;
  /** The factor of the key that reads the state before its decay. */
  readonly read: (i: number) => number;
  readonly write: number;
}

/** The share of a channel that a switch of context leaves. */
const AFTER_SWITCH = 0.02;
/** Comba reads with p = σ(d) k; a value near those it learns. */
const COMBA_SIGMA = 0.9;
/** Gated DeltaNet-2 erases this much where it stores a new pair; it writes all of it. */
const SOFT_ERASE = 0.5;

/** Key channels that rules with a decay per channel let last. */
export const nLastingChannels = (size: number): number => size / 4;

const zero = () => 0;
const one = () => 1;

/** The gates of each rule: docs/model.md#rules-of-memory, with β = 1 where a rule has it. */
const gatesOf: Readonly<Record<RuleId, (kind: TokenKind, setting: GateSetting) => Gates>> = {
  linear: () => ({ alpha: one, read: zero, write: 1 }),
  mamba2: (...token) => ({ alpha: () => decay(...token), read: zero, write: 1 }),
  deltaNet: () => ({ alpha: one, read: one, write: 1 }),
  gatedDeltaNet: (...token) => ({ alpha: () => decay(...token), read: () => decay(...token), write: 1 }),
  comba: (...token) => ({ alpha: () => decay(...token), read: () => COMBA_SIGMA, write: 1 }),
  kimiDelta: (...token) => {
    const alpha = (i: number) => channelDecay(i, ...token);
    return { alpha, read: alpha, write: 1 };
  },
  gatedDeltaNet2: (...token) => {
    const alpha = (i: number) => channelDecay(i, ...token);
    const erase = token[0] === "rewrite" ? 1 : SOFT_ERASE;
    return { alpha, read: (i) => alpha(i) * erase, write: 1 };
  },
};

function decay(kind: TokenKind, { halfLife }: GateSetting): number {
  if (kind === "switch") return AFTER_SWITCH;
  return halfLife === null ? 1 : 2 ** (-1 / halfLife);
}

/** A quarter of the channels lasts; the others have half-lives from twice to half of the one that was set. */
function channelDecay(i: number, kind: TokenKind, { size, halfLife }: GateSetting): number {
  const nLasting = nLastingChannels(size);
  if (i < nLasting) return 1;
  const share = (i - nLasting) / (size - nLasting - 1);
  return decay(kind, { size, halfLife: halfLife === null ? null : halfLife * 2 ** (1 - 2 * share) });
}

/** f32 [rule, kind, alpha: size | r: size | w: size], as shaders/lab/memory-step.wgsl takes it. */
export function packGates(setting: GateSetting): Float32Array<ArrayBuffer> {
  const { size } = setting;
  const channels = Array.from({ length: size }, (_, i) => i);
  return Float32Array.from(
    ruleIds.flatMap((rule) =>
      tokenKinds.flatMap((kind) => {
        const { alpha, read, write } = gatesOf[rule](kind, setting);
        return [...channels.map(alpha), ...channels.map(read), ...channels.map(() => write)];
      }),
    ),
  );
}
