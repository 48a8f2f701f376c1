// AMD's machine code, as Mesa prints it: its loops, and what their instructions are.

/**
 * Counts of a stretch of code. `inFlight`: loads on their way together at most, as the waits leave them.
 *
 * @typedef {{ valu: number, float: number, convert: number, bits: number, pairs: number, mixed: number,
 *   dots: number, matrices: number, salu: number, barriers: number, sharedLoads: number,
 *   sharedStores: number, stores: number, loads: Record<string, number>, inFlight: number }} Counts
 */

/** The counts of all the code and of the loop with most vector operations of its own; null without a loop. */
export function countsOf(assembly) {
  const code = instructionsOf(assembly);
  const loops = loopsOf(code);
  const own = loops.map(({ from, to }) => {
    const isInner = (i) =>
      loops.some(
        (o) => (o.from > from || o.to < to) && o.from >= from && o.to <= to && i >= o.from && i <= o.to,
      );
    return count(code.filter((_, i) => i >= from && i <= to && !isInner(i)));
  });
  own.sort((a, b) => b.valu - a.valu);
  return { all: count(code), loop: own[0] ?? null };
}

function instructionsOf(assembly) {
  return assembly.split("\n").flatMap((line) => {
    const label = /^(BB\d+):/.exec(line)?.[1];
    if (label) return [{ label }];
    const [, op, operands] = /^\s+([a-z]\w+)\b([^;]*)/.exec(line) ?? [];
    if (!op) return [];
    const target = /^s_c?branch/.test(op) ? /BB\d+/.exec(operands)?.[0] : undefined;
    const ops = op.startsWith("v_dual") ? [op, /::\s*(v_dual\w+)/.exec(line)?.[1] ?? op] : [op];
    return [{ ops, operands, target }];
  });
}

/** From a label to the last branch back to it, as places in the code. */
function loopsOf(code) {
  const places = new Map(code.flatMap(({ label }, i) => (label ? [[label, i]] : [])));
  const ends = new Map();
  code.forEach(({ target }, i) => {
    const start = target && places.get(target);
    if (start !== undefined && start <= i) ends.set(start, i);
  });
  return [...ends].map(([from, to]) => ({ from, to }));
}

/** Vector operations by what they do; an operation counts in the first class that it fits. */
const valuClasses = {
  matrices: /wmma/,
  dots: /dot[248]/,
  mixed: /^v_fma_mix/,
  pairs: /^v_pk_/,
  convert: /^v_cvt/,
  float: /^v_(dual_)?(fma|fmac|fmamk|fmaak|mad|mac|mul|add|sub|subrev)_(legacy_)?f32/,
  bits: /^v_(dual_)?(bfe|bfi|and|x?or|lsh|lshl|lshr|ashr|perm|align|xad|bfm|not|and_or|or3)/,
};

function count(code) {
  const counts = { valu: 0, ...Object.fromEntries(Object.keys(valuClasses).map((name) => [name, 0])) };
  Object.assign(counts, { salu: 0, barriers: 0, sharedLoads: 0, sharedStores: 0, stores: 0, inFlight: 0 });
  const loads = {};
  let waiting = 0;
  for (const { ops = [], operands } of code)
    for (const op of ops) {
      if (/^s_wait/.test(op)) {
        const left = /vmcnt\((\d+)\)/.exec(operands)?.[1] ?? (op === "s_wait_loadcnt" ? operands : undefined);
        if (left !== undefined) waiting = Math.min(waiting, Number(left));
      } else if (op === "s_barrier") counts.barriers++;
      else if (/^(buffer|global|flat|scratch)_load/.test(op)) {
        const width = widthOf(op);
        loads[width] = (loads[width] ?? 0) + 1;
        counts.inFlight = Math.max(counts.inFlight, ++waiting);
      } else if (/^(buffer|global|flat|scratch)_store/.test(op)) counts.stores++;
      else if (/^ds_(load|read)/.test(op)) counts.sharedLoads++;
      else if (/^ds_(store|write)/.test(op)) counts.sharedStores++;
      else if (/^v_/.test(op)) {
        counts.valu++;
        const found = Object.keys(valuClasses).find((name) => valuClasses[name].test(op));
        if (found) counts[found]++;
      } else if (/^s_(?!(delay_alu|clause|nop|set_inst|code_end|sendmsg|endpgm|load|buffer))/.test(op))
        counts.salu++;
    }
  return { ...counts, loads };
}

function widthOf(op) {
  const dwords = /dword(?:x(\d))?/.exec(op);
  if (dwords) return 32 * Number(dwords[1] ?? 1);
  return Number(/_[bui](8|16|32|64|96|128)/.exec(op)?.[1] ?? (/byte/.test(op) ? 8 : 16));
}
