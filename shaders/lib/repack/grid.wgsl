// Shared by IQ3_S and IQ3_XXS: a run of 4 codes is an entry of GRID with signs. A code is level + 8 * sign.

// A span's nibbles: word j has the runs first[j] and last[j] of the grid; bit i of signs[j] makes its code i
// negative.
fn grid_nibbles(first: vec4<u32>, last: vec4<u32>, signs: vec4<u32>) -> vec4<u32> {
  let four = vec4<u32>(4u);
  return levels_to_bytes(entries(first)) | (levels_to_bytes(entries(last)) << four)
    | (bits_to_bytes(signs) << vec4<u32>(3u)) | (bits_to_bytes(signs >> four) << vec4<u32>(7u));
}

fn entries(numbers: vec4<u32>) -> vec4<u32> {
  let at = numbers >> vec4<u32>(1u);
  return vec4<u32>(GRID[at.x], GRID[at.y], GRID[at.z], GRID[at.w]) >> (16u * (numbers & vec4<u32>(1u)));
}

// The four levels of each entry, one to a byte.
fn levels_to_bytes(entry: vec4<u32>) -> vec4<u32> {
  let nibble = vec4<u32>(0x7u);
  return (entry & nibble) | ((entry & (nibble << vec4<u32>(4u))) << vec4<u32>(4u))
    | ((entry & (nibble << vec4<u32>(8u))) << vec4<u32>(8u)) | ((entry & (nibble << vec4<u32>(12u))) << vec4<u32>(12u));
}

// The eight bytes at any address, in pairs as the halves of four words.
fn raw_halves(byte: u32) -> vec4<u32> {
  let words = vec2<u32>(raw_word(byte), raw_word(byte + 4u));
  return (words.xxyy >> vec4<u32>(0u, 16u, 0u, 16u)) & vec4<u32>(0xFFFFu);
}
