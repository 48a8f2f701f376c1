enable f16;
// Tiles of a product, 32 of K at a time, held in f16. Linked with matmul.wgsl.
//
// Each row's 32 values are divided by the largest of them and that scale is kept in f32, so that neither large activations
// overflow nor small ones vanish: a value's error is at most 2^-12 of its 32 values' largest. The values are widened as they are
// read and summed in f32; the scales go onto the sum of each stage. Half the workgroup memory and its traffic of tile-f32.
//
// TILE_ROWS rows of W and TILE_TOKENS rows of X lie in workgroup memory, TILE_PITCH vec4 apart; struct Sums says which of them a lane owns.

var<workgroup> weight_tile: array<vec4<f16>, TILE_ROWS * TILE_PITCH>;
var<workgroup> input_tile: array<vec4<f16>, TILE_TOKENS * TILE_PITCH>;
var<workgroup> weight_scales: array<f32, TILE_ROWS>;
var<workgroup> input_scales: array<f32, TILE_TOKENS>;

fn largest(v: array<vec4<f32>, 8>) -> f32 {
  let all = max(
    max(max(abs(v[0]), abs(v[1])), max(abs(v[2]), abs(v[3]))),
    max(max(abs(v[4]), abs(v[5])), max(abs(v[6]), abs(v[7]))),
  );
  return max(max(all.x, all.y), max(all.z, all.w));
}

// What values of that largest size are multiplied by: its inverse, or 0 where all are zero or too small for an inverse.
fn inverse_of(scale: f32) -> f32 {
  return select(0.0, 1.0 / scale, scale > 1e-37);
}

fn tile_put_weight(row: u32, w: array<vec4<f32>, 8>) {
  let scale = largest(w);
  let inverse = inverse_of(scale);
  let at = row * TILE_PITCH;
  weight_scales[row] = scale;
  weight_tile[at] = vec4<f16>(w[0] * inverse);
  weight_tile[at + 1u] = vec4<f16>(w[1] * inverse);
  weight_tile[at + 2u] = vec4<f16>(w[2] * inverse);
  weight_tile[at + 3u] = vec4<f16>(w[3] * inverse);
  weight_tile[at + 4u] = vec4<f16>(w[4] * inverse);
  weight_tile[at + 5u] = vec4<f16>(w[5] * inverse);
  weight_tile[at + 6u] = vec4<f16>(w[6] * inverse);
  weight_tile[at + 7u] = vec4<f16>(w[7] * inverse);
}

// Puts half (0 or 1) of the 32 values that begin at x[start] into the tile's row `token`. The scale takes all of them.
fn tile_put_input(token: u32, half: u32, start: u32) {
  let values = array<vec4<f32>, 8>(
    x[start], x[start + 1u], x[start + 2u], x[start + 3u], x[start + 4u], x[start + 5u], x[start + 6u], x[start + 7u],
  );
  let scale = largest(values);
  let inverse = inverse_of(scale);
  let at = token * TILE_PITCH + half * 4u;
  let is_last = half == 1u;
  if (!is_last) {
    input_scales[token] = scale;
  }
  input_tile[at] = vec4<f16>(select(values[0], values[4], is_last) * inverse);
  input_tile[at + 1u] = vec4<f16>(select(values[1], values[5], is_last) * inverse);
  input_tile[at + 2u] = vec4<f16>(select(values[2], values[6], is_last) * inverse);
  input_tile[at + 3u] = vec4<f16>(select(values[3], values[7], is_last) * inverse);
}

fn tile_add(sums: Sums, row: u32, token: u32) -> Sums {
  var s = Sums();
  var w = row * TILE_PITCH;
  var t = token * TILE_PITCH;
  for (var i = 0u; i < 8u; i++) {
    let inputs = mat4x4<f32>(
      vec4<f32>(input_tile[t]),
      vec4<f32>(input_tile[t + 8u * TILE_PITCH]),
      vec4<f32>(input_tile[t + 16u * TILE_PITCH]),
      vec4<f32>(input_tile[t + 24u * TILE_PITCH]),
    );
    s.row_0 += vec4<f32>(weight_tile[w]) * inputs;
    s.row_1 += vec4<f32>(weight_tile[w + 8u * TILE_PITCH]) * inputs;
    s.row_2 += vec4<f32>(weight_tile[w + 16u * TILE_PITCH]) * inputs;
    s.row_3 += vec4<f32>(weight_tile[w + 24u * TILE_PITCH]) * inputs;
    s.row_4 += vec4<f32>(weight_tile[w + 32u * TILE_PITCH]) * inputs;
    s.row_5 += vec4<f32>(weight_tile[w + 40u * TILE_PITCH]) * inputs;
    s.row_6 += vec4<f32>(weight_tile[w + 48u * TILE_PITCH]) * inputs;
    s.row_7 += vec4<f32>(weight_tile[w + 56u * TILE_PITCH]) * inputs;
    w++;
    t++;
  }
  let scales = vec4<f32>(
    input_scales[token], input_scales[token + 8u], input_scales[token + 16u], input_scales[token + 24u],
  );
  return Sums(
    sums.row_0 + s.row_0 * (weight_scales[row] * scales),
    sums.row_1 + s.row_1 * (weight_scales[row + 8u] * scales),
    sums.row_2 + s.row_2 * (weight_scales[row + 16u] * scales),
    sums.row_3 + s.row_3 * (weight_scales[row + 24u] * scales),
    sums.row_4 + s.row_4 * (weight_scales[row + 32u] * scales),
    sums.row_5 + s.row_5 * (weight_scales[row + 40u] * scales),
    sums.row_6 + s.row_6 * (weight_scales[row + 48u] * scales),
    sums.row_7 + s.row_7 * (weight_scales[row + 56u] * scales),
  );
}
