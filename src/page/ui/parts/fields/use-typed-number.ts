import { useState, type ChangeEvent } from "react";
import { t } from "../../../../language/language";
import { readNumber } from "./read-number";

interface Options {
  /** `null` while there is none. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** A whole number takes whole numbers only; the arrow keys go by it. */
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** The box was emptied; without it, that changes nothing. */
  readonly onEmpty?: () => void;
}

/** The props of a box for a number. One that can not be is said, and changes nothing. */
export function useTypedNumber({ value, onChange, onEmpty, ...range }: Options) {
  // What is being typed, which may be on its way to a number: "1." or "-".
  const [typed, setTyped] = useState<string | null>(null);
  // Said while the value is the one that stayed.
  const [refused, setRefused] = useState<{ problem: string; stayed: number | null } | null>(null);
  const problem = refused?.stayed === value ? refused.problem : null;
  const stays = value === null ? "" : ` ${t("It stays at {value}.", { value })}`;
  return {
    problem: problem === null ? null : `${problem}${stays}`,
    box: {
      type: "number",
      "aria-invalid": problem !== null,
      ...range,
      value: typed ?? value?.toString() ?? "",
      onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
        setTyped(target.value);
        // Letters that are no number are an empty text too, and not what was meant.
        const isEmpty = target.value === "" && !target.validity.badInput;
        const read = readNumber(target.value, range);
        setRefused(read.kind === "refused" ? { problem: read.problem, stayed: value } : null);
        if (read.kind === "number") onChange(read.value);
        else if (isEmpty) onEmpty?.();
      },
      onBlur: () => setTyped(null),
    },
  } as const;
}
