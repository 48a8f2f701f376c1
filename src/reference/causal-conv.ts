import { silu } from "./activation";

export const convKernel = 4;

/**
 * c[ch] = silu(Σ_j taps[ch, j] u_{t−3+j}[ch]), j = 0..3, for one token: a depthwise causal convolution of 4,
 * then SiLU. taps [nChannels, 4]; taps[ch, 3] meets the current token. `state` [3, nChannels] holds the three
 * tokens before, oldest first, before SiLU; it is moved on in place, and is all zero at the start of a
 * sequence. docs/model.md#convolution
 */
export function causalConv(u: Float64Array, taps: Float64Array, state: Float64Array): Float64Array {
  const nChannels = u.length;
  const c = u.map((current, ch) => {
    let sum = taps[ch * convKernel + 3]! * current;
    for (let j = 0; j < 3; j++) sum += taps[ch * convKernel + j]! * state[j * nChannels + ch]!;
    return silu(sum);
  });
  state.copyWithin(0, nChannels);
  state.set(u, 2 * nChannels);
  return c;
}
