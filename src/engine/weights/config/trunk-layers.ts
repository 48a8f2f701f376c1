import { counted } from "../../../ground/figures";
import type { GgufFile } from "../gguf/gguf";
import { refuse, type ConfigMetadata } from "./config-metadata";
import { mark, t } from "../../../language/language";

const drafterHint = mark(
  "Choose the model that it belongs to, a .gguf file without “mtp” or “draft” in its name.",
);

/**
 * The number of layers of the model itself. Where the tensors are listed they count, not the metadata:
 * converters leave `block_count` and `nextn_predict_layers` out of step, and a layer of the trunk must never
 * be dropped.
 *
 * @throws UnsupportedModelError  when there is none, or blocks are missing that no prediction explains
 */
export function trunkLayers(gguf: GgufFile, metadata: ConfigMetadata): number {
  const nBlocks = metadata.count("block_count");
  const nPredicting = metadata.optionalNumber("nextn_predict_layers") ?? 0;
  const nLayers =
    gguf.tensors.size === 0 ? nBlocks - nPredicting : layersOf(gguf, metadata, nBlocks - nPredicting);
  if (!(Number.isInteger(nLayers) && nLayers >= 1))
    refuse(
      t(
        "The file is a drafter: it holds only multi-token-prediction layers ({nPredicting} of {nBlocks} blocks), not the model they belong to.",
        { nPredicting, nBlocks },
      ),
      t(drafterHint),
    );
  if (nBlocks > nLayers + Math.max(1, nPredicting))
    refuse(
      t("The file says it has {blocks}; its tensors make {layers}.", {
        blocks: counted(nBlocks, "block"),
        layers: counted(nLayers, "layer"),
      }),
    );
  return nLayers;
}

/**
 * Blocks up to the last that is the trunk's. A block that guesses the token after next has `nextn.eh_proj`;
 * one that lost its own tensors shows by its kind, full attention where the trunk has none, behind the
 * `nTold` layers that the metadata tells.
 */
function layersOf(gguf: GgufFile, metadata: ConfigMetadata, nTold: number): number {
  const has = (block: number, name: string) => gguf.tensors.has(`blk.${block}.${name}`);
  const interval = metadata.optionalNumber("full_attention_interval") ?? 4;
  const isGuess = (block: number) =>
    has(block, "nextn.eh_proj.weight") ||
    (block >= nTold && !has(block, "ssm_out.weight") && (block + 1) % interval !== 0);
  const blocks = new Set<number>();
  for (const name of gguf.tensors.keys()) {
    const [, block, rest] = /^blk\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (block !== undefined && !rest!.startsWith("nextn.")) blocks.add(Number(block));
  }
  return Math.max(0, ...[...blocks].filter((block) => !isGuess(block)).map((block) => block + 1));
}
