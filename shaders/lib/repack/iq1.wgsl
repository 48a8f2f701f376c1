// Shared by the IQ1 types: d * (2 s + 1) * (level's value + 1/8), or - 1/8 for a whole run: eighths, by the
// high bit.
const TABLE = array<i32, 8>(-7, 1, 9, 0, -9, -1, 7, 0);
