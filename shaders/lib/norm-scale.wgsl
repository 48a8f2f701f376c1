// The one number that an RMS norm needs of the whole row, 1 / sqrt(mean(x^2) + eps), from the sums of squares
// that the kernel before left. W (s x * w) = s W (x * w): it goes onto the product.
//
//   squares   vec4 f32 [ceil(n_squares / 4)], whose sum is that of x^2; numbers past n_squares are not read
//
// asked_squares before the product, so that its load is on its way together with the first weights;
// put_squares after it, a barrier, then norm_scale. Most models have no more squares than one vec4 a lane;
// those beyond are added up three loads at a time. Zhang & Sennrich 2019, arXiv:1910.07467.

const MOST_SQUARE_LANES = 64u; // add up the squares; a smaller workgroup all does

var<workgroup> square_sums: array<f32, MOST_SQUARE_LANES>;

fn square_lanes() -> u32 { return min(WORKGROUP_SIZE, MOST_SQUARE_LANES); }

struct AskedSquares {
  first: vec4<f32>,
  others: f32, // the sum of those past one vec4 a lane
}

fn squares_at(i: u32) -> vec4<f32> {
  return select(vec4<f32>(), squares[i], vec4<u32>(4u * i) + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(params.n_squares));
}

fn asked_squares(lane: u32) -> AskedSquares {
  var asked = AskedSquares(squares[lane], 0.0);
  let lanes = square_lanes();
  if (lane < lanes) {
    for (var i = lane + lanes; 4u * i < params.n_squares; i += 3u * lanes) {
      let more = array<vec4<f32>, 3>(squares_at(i), squares_at(i + lanes), squares_at(i + 2u * lanes));
      asked.others += dot((more[0] + more[1]) + more[2], vec4<f32>(1.0));
    }
  }
  return asked;
}

fn put_squares(asked: AskedSquares, lane: u32) {
  if (lane >= square_lanes()) { return; }
  let is_one = vec4<u32>(4u * lane) + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(params.n_squares);
  square_sums[lane] = dot(select(vec4<f32>(), asked.first, is_one), vec4<f32>(1.0)) + asked.others;
}

fn norm_scale() -> f32 {
  var sums = vec4<f32>();
  for (var i = 0u; i < square_lanes(); i += 4u) {
    sums += vec4<f32>(square_sums[i], square_sums[i + 1u], square_sums[i + 2u], square_sums[i + 3u]);
  }
  return 1.0 / sqrt(((sums.x + sums.y) + (sums.z + sums.w)) / f32(params.hidden_size) + params.eps);
}
