// The values of IQ4_NL's and IQ4_XS' codes: data, kvalues_iq4nl of ggml's src/ggml-common.h (commit
// d99724f2).
const TABLE = array<i32, 16>(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);
