// An expert that was chosen for a token, and what its output is multiplied by.
struct Route {
  expert: u32,
  weight: f32,
}
