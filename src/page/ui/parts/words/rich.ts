import { createElement, Fragment, type ReactNode } from "react";
import { pieces, type Key } from "../../../../language/language";

/** A translated sentence with elements in it: rich("Press {key} to stop.", { key: <Keys … /> }). */
export const rich = (sentence: Key, values: Readonly<Record<string, ReactNode>>): ReactNode =>
  createElement(Fragment, null, ...pieces(sentence, values));
