import type { Dispatch } from "../../gpu/kernel";
import { embedSquares } from "../../kernels/embed-token";
import type { NormedInput } from "../../kernels/products/norm-product";
import { normedInput, residualOf, type DecodeContext, type ResidualPart } from "./decode-context";
import { hadamardOf, unfoldArgs } from "./folded-input";
import { decodeMlp } from "./decode-mlp";
import { project } from "./decode-products";
import { decodeMixer } from "./mixers";
import type { LayerState } from "../state/layer-state";
import type { LayerWeights, ModelWeights } from "../weights/weights";

/**
 * The dispatches of one token: tokens[0] → x, and x → logits. Norms are folded into the products that follow
 * them, residual adds into those before: each ends by leaving x ⊙ the next norm's weights and sums of x². The
 * same mathematics as prefill's lists, one line a dispatch there.
 */
export function decodeLists(context: DecodeContext, weights: ModelWeights, state: readonly LayerState[]) {
  const norms = [...weights.layers.map((layer) => layer.inputNorm), weights.outputNorm];
  const embedding = embed(context, weights, norms[0]!);
  const layers = [...embedding.dispatches];
  let input = embedding.next;
  weights.layers.forEach((layer, i) => {
    const part = decodeLayer(context, layer, state[i]!, input, norms[i + 1]!);
    layers.push(
      ...part.dispatches.map((dispatch) => ({ ...dispatch, label: `layers.${i} ${dispatch.label}` })),
    );
    input = part.next;
  });
  return { layers, head: head(context, weights, input) };
}

function decodeLayer(
  context: DecodeContext,
  layer: LayerWeights,
  memory: LayerState,
  input: NormedInput,
  nextNorm: LayerWeights["inputNorm"],
): ResidualPart {
  const mixer = decodeMixer(context, layer, memory, input, layer.postAttentionNorm);
  const mlp = decodeMlp(context, layer, mixer.next, nextNorm);
  return { dispatches: [...mixer.dispatches, ...mlp.dispatches], next: mlp.next };
}

function embed(
  context: DecodeContext,
  weights: ModelWeights,
  norm: ModelWeights["outputNorm"],
): ResidualPart {
  const { scope, kernels, activations } = context;
  const { k, pieces, isFolded } = weights.embedTokens;
  const residual = residualOf(context, norm);
  // Of a folded row only the squares are right at once: the transform keeps their sum.
  const hidden = isFolded ? activations.folded : residual.hidden;
  const shared = { tokens: activations.tokens, k, ...residual, hidden };
  const dispatches = pieces.map(({ range: weight, firstRow, nRows }) =>
    kernels.embedToken(scope, "embed tokens", { ...shared, weight, firstRow, nRows }),
  );
  const next = normedInput(context, embedSquares(k));
  if (!isFolded) return { dispatches, next };
  const { hidden: y, weighted } = residual;
  const args = { x: hidden, y, norm, weighted, ...unfoldArgs(context, weights.embedTokens) };
  return { dispatches: [...dispatches, hadamardOf(context).embeddingToken(scope, "unfold", args)], next };
}

function head(context: DecodeContext, weights: ModelWeights, input: NormedInput): readonly Dispatch[] {
  const matrices = [{ matrix: weights.lmHead, column: 0 }];
  return project(context, "lm_head", { input, y: context.activations.logits, matrices });
}
