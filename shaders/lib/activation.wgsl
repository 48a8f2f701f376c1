// The scalar functions of the model, accurate where WGSL's own are not promised to be.

// exp beyond f32's range is undefined in WGSL; below -80 the sigmoid is under 2e-35 anyway.
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(min(-x, 80.0))); }

fn silu(x: f32) -> f32 { return x * sigmoid(x); }

// log(1 + exp(x)). WGSL's log is good to 2^-21 only near 1, which a decay multiplied up over thousands of
// tokens would show; 2 artanh(s) with s = e / (2 + e) <= 1/3 needs no log: the first term left out is below
// 1e-8 of the sum.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  let s = e / (2.0 + e);
  let s2 = s * s;
  let series = 1.0 + s2 * (1.0 / 3.0 + s2 * (1.0 / 5.0 + s2 * (1.0 / 7.0 + s2 * (1.0 / 9.0 + s2 * (1.0 / 11.0 + s2 * (1.0 / 13.0 + s2 / 15.0))))));
  return max(x, 0.0) + 2.0 * s * series;
}
