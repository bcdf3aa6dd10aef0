// What was said in a step goes with it, but for a refusal that is still to be read; at the end that too.
import { beforeEach, expect, test, vi } from "vitest";
import { notices, say, turnOver } from "../src/state/notices";

beforeEach(() => {
  vi.stubGlobal("window", { setTimeout: () => 0 });
  notices.value = [];
});

const said = () => notices.value.map((notice) => notice.text);

test("a step closes: words of it go, a refusal stays", () => {
  say("sealed", "good");
  say("refused", "bad");
  turnOver(false);
  expect(said()).toEqual(["refused"]);
  say("something waits");
  expect(said()).toEqual(["refused", "something waits"]);
});

test("nothing hangs over the end", () => {
  say("refused", "bad");
  turnOver(true);
  expect(said()).toEqual([]);
});
