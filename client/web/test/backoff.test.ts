// A class that lost its network comes back spread out, sooner or later but never all at once.
import { expect, test } from "vitest";
import { FIRST_MS, LARGEST_MS, wait } from "../src/wire/backoff";

test("waits lie between nothing and a bound that doubles up to the largest", () => {
  for (let failures = 0; failures < 20; failures++) {
    expect(wait(failures, () => 0)).toBe(0);
    expect(wait(failures, () => 1)).toBe(Math.min(LARGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10)));
  }
});
