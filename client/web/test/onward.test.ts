// A seat that said "nothing more until orders" passes rounds in which nothing waits for it, and no others.
import { expect, test } from "vitest";
import { passing, turned } from "../src/state/onward";

type Asked = Parameters<typeof passing>[0];

function desk(here: object, offers: object[] = [], drafts: object[] = []): Asked {
  const now = { status: "running", turn: 1, phase: "negotiation", open: ["propose", "done"], done: ["BOT"], ...here };
  return { viewer: "COR", here: now, offers, drafts } as unknown as Asked;
}

const SAID = { turn: 1, left: ["old"] };

test("a round is passed though no bot is done, and only in the turn in which it was said", () => {
  expect(passing(desk({}), SAID, 0)).toBe("pass");
  expect(passing(desk({ done: [] }), SAID, 0)).toBe("pass");
  expect(passing(desk({ turn: 2 }), SAID, 0)).toBe("none");
  expect(passing(desk({ status: "paused" }), SAID, 0)).toBe("none");
  expect(passing(desk({ phase: "orders" }), SAID, 0)).toBe("none");
  expect(passing(desk({ done: ["BOT", "COR"] }), SAID, 0)).toBe("none");
});

test("a new offer or a ballot stops it; an offer that was left unanswered does not", () => {
  expect(passing(desk({}, [{ id: "new", waits: true }]), SAID, 0)).toBe("ask");
  expect(passing(desk({}, [{ id: "old", waits: true }]), SAID, 0)).toBe("pass");
  expect(passing(desk({ phase: "assembly", open: ["vote", "done"] }, [], [{ status: "tabled" }]), SAID, 1)).toBe("ask");
});

test("ballots are called for and there is nothing to vote on: nobody is asked", () => {
  expect(passing(desk({ phase: "assembly", open: ["vote", "done"], done: [] }), { turn: 0, left: [] }, 0)).toBe("pass");
  expect(passing(desk({ phase: "assembly", open: ["table", "done"] }), { turn: 0, left: [] }, 0)).toBe("none");
});

test("it is said and taken back by the same click", () => {
  const now = desk({}, [{ id: "old", waits: true }, { id: "mine", waits: false }]);
  const said = turned({ turn: 0, left: [] }, now);
  expect(said).toEqual(SAID);
  expect(turned(said, now).turn).toBe(0);
});
