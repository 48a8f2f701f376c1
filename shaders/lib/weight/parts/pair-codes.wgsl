// The codes of formats with nothing but pairs, as their first plane: lib/weight/parts/pairs.wgsl.
fn weight_words(span: u32) -> array<u32, 8> {
  let pairs = weight_pair_words(0u, span);
  return array<u32, 8>(
    weight_pairs(pairs.x, 0u), weight_pairs(pairs.y, 0u),
    weight_pairs(pairs.x, 1u), weight_pairs(pairs.y, 1u),
    weight_pairs(pairs.x, 2u), weight_pairs(pairs.y, 2u),
    weight_pairs(pairs.x, 3u), weight_pairs(pairs.y, 3u),
  );
}
