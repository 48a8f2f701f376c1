// The one number that an RMS norm needs of the whole row, 1 / sqrt(mean(x^2) + eps), from the sums of squares
// that the kernel before left. W (s x * w) = s W (x * w): it goes onto the product. put_squares, a barrier,
// then norm_scale.
//
//   squares   f32 [n_squares], whose sum is that of x^2
//
// Zhang & Sennrich 2019, arXiv:1910.07467.

const SQUARE_LANES = 16u; // add up the squares, so that each lane has but so many sums to add

var<workgroup> square_sums: array<f32, SQUARE_LANES>;

fn put_squares(lane: u32) {
  if (lane >= SQUARE_LANES) { return; }
  var sum = 0.0;
  for (var i = lane; i < params.n_squares; i += SQUARE_LANES) { sum += squares[i]; }
  square_sums[lane] = sum;
}

fn norm_scale() -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < SQUARE_LANES; i++) { sum += square_sums[i]; }
  return 1.0 / sqrt(sum / f32(params.hidden_size) + params.eps);
}
