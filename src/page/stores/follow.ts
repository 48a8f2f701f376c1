interface Followed<State> {
  subscribe(listener: (state: State, before: State) => void): () => void;
}

/**
 * Calls `onChange` whenever what `select` takes of a store is another value. This is how a store hears of
 * another one. What lasts as long as the page is begun by `boot`; a panel that is shown begins its own, and
 * ends it when it is closed.
 *
 * @returns a function that ends it
 */
export function follow<State, Selected>(
  store: Followed<State>,
  select: (state: State) => Selected,
  onChange: (selected: Selected, before: Selected) => void,
): () => void {
  return store.subscribe((state, stateBefore) => {
    const [selected, before] = [select(state), select(stateBefore)];
    if (!Object.is(selected, before)) onChange(selected, before);
  });
}

/** Selects all of a store. */
export const whole = <State>(state: State): State => state;
