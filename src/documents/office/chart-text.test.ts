import { expect, it } from "vitest";
import { chartExText, chartText } from "./chart-text";
import { isDateFormat } from "./chart-values";

const points = (...values: readonly string[]) =>
  values.map((value, at) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`).join("");

it("values of a chart are whole, and shown as a person reads them", () => {
  const xml =
    "<c:chartSpace><c:ser><c:tx><c:v>Tea &amp; milk</c:v></c:tx>" +
    `<c:cat><c:strCache>${points("Q&amp;A &lt;1&gt;", "R&#38;D")}</c:strCache></c:cat>` +
    `<c:val><c:numCache><c:formatCode>General</c:formatCode>${points("8.200000000000001", "1.20E2")}</c:numCache></c:val></c:ser></c:chartSpace>`;
  expect(chartText(xml)).toBe("[Chart]\n | Tea & milk\nQ&A <1> | 8.2\nR&D | 120");
});

it("days of a chart are dates", () => {
  const xml =
    `<c:ser><c:cat><c:numCache><c:formatCode>m/d/yy</c:formatCode>${points("45322", "45323.5")}</c:numCache></c:cat>` +
    `<c:val><c:numCache><c:formatCode>0.00</c:formatCode>${points("45322", "7")}</c:numCache></c:val></c:ser>`;
  expect(chartText(xml)).toBe("[Chart]\n | \n2024-01-31 | 45322\n2024-02-01 12:00 | 7");
});

it("levels of a category stay in their order", () => {
  const level = (...values: readonly string[]) => `<c:lvl>${points(...values)}</c:lvl>`;
  const xml = `<c:ser><c:cat>${level("Spring &amp; fall", "Winter")}${level("2024", "2025")}</c:cat><c:val>${points("1", "2")}</c:val></c:ser>`;
  expect(chartText(xml)).toBe("[Chart]\n | \n2024 Spring & fall | 1\n2025 Winter | 2");
});

it("points of a scatter chart and sizes of bubbles are all there", () => {
  const series = (name: string, x: string, y: string, size = "") =>
    `<c:ser><c:tx><c:v>${name}</c:v></c:tx><c:xVal>${points(x)}</c:xVal><c:yVal>${points(y)}</c:yVal>${size && `<c:bubbleSize>${points(size)}</c:bubbleSize>`}</c:ser>`;
  const xml = series("A", "1", "2", "9") + series("B", "1", "3") + series("C", "5", "4");
  expect(chartText(`<c:chartSpace>${xml}</c:chartSpace>`)).toBe(
    "[Chart]\n | A | B\n1 | 2 (size 9) | 3\n | C\n5 | 4",
  );
});

it("charts of the kinds since 2016 have whole values too", () => {
  const xml =
    "<cx:chartSpace><cx:data id='0'><cx:strDim><cx:lvl><cx:pt idx='0'>R&amp;D</cx:pt></cx:lvl></cx:strDim>" +
    "<cx:numDim><cx:lvl><cx:pt idx='0'>0.30000000000000004</cx:pt></cx:lvl></cx:numDim></cx:data>" +
    "<cx:series><cx:tx><cx:v>Costs &amp; more</cx:v></cx:tx><cx:dataId val='0'/></cx:series></cx:chartSpace>";
  expect(chartExText(xml)).toBe("[Chart]\n | Costs & more\nR&D | 0.3");
});

it("formats of days are told from those of numbers", () => {
  for (const format of ["m/d/yy", "yyyy-mm-dd", "d. mmm", "mmm", "[$-409]d-mmm-yy;@", "dd/mm/yyyy hh:mm"])
    expect(isDateFormat(format), format).toBe(true);
  for (const format of ["General", "0.00", '#,##0 "days"', '0.0"m"', "[Red]0", "", "@", "0%", "h:mm"])
    expect(isDateFormat(format), format).toBe(false);
});
