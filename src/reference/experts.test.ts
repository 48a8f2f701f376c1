import { expect, it } from "vitest";
import { route } from "./experts";

it("the likeliest experts are chosen, with softmax over them alone", () => {
  const routes = route(Float64Array.of(0, Math.log(3), -5, Math.log(2), 0.1), 2);
  expect(routes.map(({ expert }) => expert)).toEqual([1, 3]);
  expect(routes[0]!.weight).toBeCloseTo(3 / 5, 12);
  expect(routes[1]!.weight).toBeCloseTo(2 / 5, 12);
});

it("of experts as likely as each other the lower number comes first", () => {
  expect(route(Float64Array.of(1, 2, 2, 0, 2), 2).map(({ expert }) => expert)).toEqual([1, 2]);
});
