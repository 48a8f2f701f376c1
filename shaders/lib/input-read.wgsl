// What the rounded forms of a span of inputs are made of. Reads x, array<vec4<f32>>.

fn input_read(span: u32) -> array<vec4<f32>, 8> {
  let at = span * 8u;
  return array<vec4<f32>, 8>(
    x[at], x[at + 1u], x[at + 2u], x[at + 3u], x[at + 4u], x[at + 5u], x[at + 6u], x[at + 7u],
  );
}

fn input_largest(v: array<vec4<f32>, 8>) -> f32 {
  let all = max(
    max(max(abs(v[0]), abs(v[1])), max(abs(v[2]), abs(v[3]))),
    max(max(abs(v[4]), abs(v[5])), max(abs(v[6]), abs(v[7]))),
  );
  return max(max(all.x, all.y), max(all.z, all.w));
}
