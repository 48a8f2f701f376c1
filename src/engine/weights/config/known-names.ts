import type { GgufFile, GgufTensor } from "../gguf/gguf";

/**
 * A file with its tensors under the names that this app knows, as llama.cpp's converter writes them:
 *
 * - `ssm_dt` of Ollama's converter is `ssm_dt.bias`.
 * - `attn_qkv` of a layer of full attention is its `attn_q`, `attn_k` and `attn_v`, rows after rows.
 * - `ffn_gate_up` is `ffn_gate`, then `ffn_up`.
 * - Stacked experts, [experts, rows, columns], are one matrix: rows of experts after rows of experts.
 * - `ffn_gate_inp_shexp`, [columns], is a matrix of one row.
 * - `X.weight.scale` is `X.scale`, and that of matrices in one is each one's.
 *
 * No bytes move: rows of a matrix follow each other in the file, so a part of the rows is a part of the
 * bytes.
 */
export function withKnownNames(gguf: GgufFile): GgufFile {
  const tensors = new Map<string, GgufTensor>();
  for (const tensor of gguf.tensors.values())
    for (const part of partsOf(tensor, gguf)) if (!tensors.has(part.name)) tensors.set(part.name, part);
  return { ...gguf, tensors };
}

function partsOf(tensor: GgufTensor, gguf: GgufFile): readonly GgufTensor[] {
  const isScale = tensor.name.endsWith(".weight.scale");
  const name = isScale ? tensor.name.replace(/weight\.scale$/, "scale") : tensor.name;
  const [, block, rest] = /^(blk\.\d+\.)(.+)$/.exec(name) ?? [];
  if (block === undefined || rest === undefined) return [{ ...tensor, name }];
  const copies = (...names: readonly string[]) =>
    names.map((part) => ({ ...tensor, name: `${block}${part}.scale` }));
  const isFull = gguf.tensors.has(`${block}attn_q_norm.weight`);
  const rows = tensor.shape[0]!;
  const splitRows = (counts: Readonly<Record<string, number>>) => rowsOf(tensor, block, counts);
  switch (rest) {
    case "ssm_dt":
      return [{ ...tensor, name: `${block}ssm_dt.bias` }];
    case "ffn_gate_up.weight":
      return rows % 2 === 0
        ? splitRows({ "ffn_gate.weight": rows / 2, "ffn_up.weight": rows / 2 })
        : [tensor];
    case "ffn_gate_exps.weight":
    case "ffn_up_exps.weight":
    case "ffn_gate_up_exps.weight":
    case "ffn_down_exps.weight": {
      const [nExperts, nRows, nColumns] = tensor.shape;
      return nColumns === undefined ? [tensor] : [{ ...tensor, shape: [nExperts! * nRows!, nColumns] }];
    }
    case "ffn_gate_inp_shexp.weight":
      return [{ ...tensor, shape: [1, tensor.shape[tensor.shape.length - 1]!] }];
    case "ffn_gate_up.scale":
      return copies("ffn_gate", "ffn_up");
    case "attn_qkv.scale":
      return isFull ? copies("attn_q", "attn_k", "attn_v") : [{ ...tensor, name }];
    case "attn_qkv.weight": {
      const nKvRows = kvRowsOf(gguf);
      if (!isFull || nKvRows === undefined || nKvRows * 2 >= rows) return [tensor];
      const nQueryRows = rows - 2 * nKvRows;
      return splitRows({ "attn_q.weight": nQueryRows, "attn_k.weight": nKvRows, "attn_v.weight": nKvRows });
    }
    default:
      return [{ ...tensor, name }];
  }
}

function rowsOf(
  tensor: GgufTensor,
  block: string,
  counts: Readonly<Record<string, number>>,
): readonly GgufTensor[] {
  const rowBytes = tensor.sizeBytes / tensor.shape[0]!;
  let before = 0;
  return Object.entries(counts).map(([name, n]) => {
    const offset = tensor.offset + before * rowBytes;
    before += n;
    return {
      ...tensor,
      name: block + name,
      shape: [n, ...tensor.shape.slice(1)],
      offset,
      sizeBytes: n * rowBytes,
    };
  });
}

/** Rows of a layer's keys, or of its values. */
function kvRowsOf({ metadata }: GgufFile): number | undefined {
  const of = (key: string) => metadata.get(`qwen35.${key}`) ?? metadata.get(`qwen35moe.${key}`);
  const heads = of("attention.head_count_kv");
  const headDim = of("attention.key_length");
  const count = Array.isArray(heads) ? heads.map(Number).find((n) => n > 0) : heads;
  return typeof count === "number" && typeof headDim === "number" ? count * headDim : undefined;
}
