// One lane's share of the products of ROWS_PER_LANE rows with x; the rest of the vec4 is 0. Renamed with the view it belongs to.
//
// The rows lie `row_step` apart from `row` on; those past `last_row` are computed as the last one, for the caller not to store. Of
// each row the lane takes spans lane, lane + lanes, ...: it reads x once for all of its rows, whose loads are in flight together.
fn weight_rows(row: u32, row_step: u32, last_row: u32, lane: u32, lanes: u32) -> vec4<f32> {
  let rows = min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u) * row_step, vec4<u32>(last_row));
  let start = rows * params.row_spans;
  var sums = vec4<f32>();
  for (var span = lane; span < params.row_spans; span += lanes) {
    let part = input_span(span);
    let part_sums = input_sums(part);
    sums.x += weight_dot(start.x + span, part, part_sums);
    if (ROWS_PER_LANE > 1u) { sums.y += weight_dot(start.y + span, part, part_sums); }
    if (ROWS_PER_LANE > 2u) {
      sums.z += weight_dot(start.z + span, part, part_sums);
      sums.w += weight_dot(start.w + span, part, part_sums);
    }
  }
  return sums;
}
