import { expect, test } from "vitest";
import { figure } from "../src/builder/figure";

test("a comma is as good as a point, and what is no figure says none", () => {
  expect(["0.5", "0,5", " 12 ", ".25", "3.", "7,"].map(figure)).toEqual([0.5, 0.5, 12, 0.25, 3, 7]);
  expect(["", "-1", "1e9", "a lot", "1,2,3", ",", "5%"].map(figure)).toEqual([null, null, null, null, null, null, null]);
});
