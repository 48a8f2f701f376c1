// What IQ3_S and IQ3_XXS have in common: a run of 4 codes is an entry of GRID with signs. A code is level + 8 * sign.

// Eight codes as a word of nibbles holds them: the runs `first` and `last` of the grid; bit i of `signs` makes code i negative.
fn grid_nibbles(first: u32, last: u32, signs: u32) -> u32 {
  return levels_to_bytes(first) | (levels_to_bytes(last) << 4u)
    | (bits_to_bytes(signs) << 3u) | (bits_to_bytes(signs >> 4u) << 7u);
}

// The four levels of an entry, one to a byte.
fn levels_to_bytes(entry: u32) -> u32 {
  let levels = (GRID[entry >> 1u] >> (16u * (entry & 1u))) & 0x7777u;
  return (levels & 0xFu) | ((levels & 0xF0u) << 4u) | ((levels & 0xF00u) << 8u) | ((levels & 0xF000u) << 12u);
}
