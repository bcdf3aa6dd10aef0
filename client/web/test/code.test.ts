// A code is read aloud, typed on phones and on Russian keyboards.
import { expect, test } from "vitest";
import { plausible, typed } from "../src/state/code";

test("gaps, capitals and letters that only look Latin do not matter", () => {
  expect(typed(" QY-tb ac ")).toBe("qytbac");
  expect(typed("СКАМ2Р")).toBe("ckam2p");
});

test("what cannot be a code is not sent where letters alone may go", () => {
  expect(plausible(typed("код"))).toBe(false);
  expect(plausible(typed("🦄"))).toBe(false);
  expect(plausible(typed("СКАМ2Р"))).toBe(true);
});
