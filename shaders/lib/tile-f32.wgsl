// Tiles of a product, 32 of K at a time, in f32. Linked with matmul.wgsl.
//
// TILE_ROWS rows of W and TILE_TOKENS rows of X lie in workgroup memory, TILE_PITCH vec4 apart; struct Sums says which of them a lane owns.

var<workgroup> weight_tile: array<vec4<f32>, TILE_ROWS * TILE_PITCH>;
var<workgroup> input_tile: array<vec4<f32>, TILE_TOKENS * TILE_PITCH>;

fn tile_put_weight(row: u32, w: array<vec4<f32>, 8>) {
  let at = row * TILE_PITCH;
  weight_tile[at] = w[0];
  weight_tile[at + 1u] = w[1];
  weight_tile[at + 2u] = w[2];
  weight_tile[at + 3u] = w[3];
  weight_tile[at + 4u] = w[4];
  weight_tile[at + 5u] = w[5];
  weight_tile[at + 6u] = w[6];
  weight_tile[at + 7u] = w[7];
}

// Puts half (0 or 1) of the 32 values that begin at x[start] into the tile's row `token`.
fn tile_put_input(token: u32, half: u32, start: u32) {
  let at = token * TILE_PITCH + half * 4u;
  let source = start + half * 4u;
  input_tile[at] = x[source];
  input_tile[at + 1u] = x[source + 1u];
  input_tile[at + 2u] = x[source + 2u];
  input_tile[at + 3u] = x[source + 3u];
}

fn tile_add(sums: Sums, row: u32, token: u32) -> Sums {
  var s = sums;
  var w = row * TILE_PITCH;
  var t = token * TILE_PITCH;
  for (var i = 0u; i < 8u; i++) {
    let inputs = mat4x4<f32>(
      input_tile[t],
      input_tile[t + 8u * TILE_PITCH],
      input_tile[t + 16u * TILE_PITCH],
      input_tile[t + 24u * TILE_PITCH],
    );
    s.row_0 += weight_tile[w] * inputs;
    s.row_1 += weight_tile[w + 8u * TILE_PITCH] * inputs;
    s.row_2 += weight_tile[w + 16u * TILE_PITCH] * inputs;
    s.row_3 += weight_tile[w + 24u * TILE_PITCH] * inputs;
    s.row_4 += weight_tile[w + 32u * TILE_PITCH] * inputs;
    s.row_5 += weight_tile[w + 40u * TILE_PITCH] * inputs;
    s.row_6 += weight_tile[w + 48u * TILE_PITCH] * inputs;
    s.row_7 += weight_tile[w + 56u * TILE_PITCH] * inputs;
    w++;
    t++;
  }
  return s;
}
