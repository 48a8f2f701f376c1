// Q4_1, 20 bytes per 32 weights: d, m f16, bytes[16]  ->  codes (1 vec4 per span), records (1 word per span).
//
// One invocation takes one block. Planes: lib/weight-q4_1.wgsl.
fn repack_block(start: u32, to_block: u32) {
  put_span_nibbles(to_block * 4u, start + 4u);
  planes[params.n_spans * 4u + to_block] = raw_word(start);
}
