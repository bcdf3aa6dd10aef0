// An offer may be begun in one turn and sent in a later one.
import { expect, test } from "vitest";
import { movedUp } from "../src/builder/moving";
import type { Clause, Desk } from "../src/wire/vocabulary";

const clause = (since: number, until: number) => ({ kind: "consult", debtor: "COR", since, until, when: null }) as unknown as Clause;
const here = { turn: 3, turns: 6 } as Desk["here"];

test("a clause that was begun in an earlier turn runs from this one", () => {
  expect(movedUp(clause(1, 5), here)).toMatchObject({ since: 3, until: 5 });
  expect(movedUp(clause(1, 2), here)).toMatchObject({ since: 3, until: 6 });
  expect(movedUp(clause(4, 5), here)).toMatchObject({ since: 4, until: 5 });
});
