// What the server says of drafts stands beside the right draft.
import { expect, test } from "vitest";
import { paired } from "../src/builder/pairing";
import type { SeatAct, Weighed } from "../src/wire/vocabulary";

const said = (act: SeatAct): Weighed => ({ act, text: act.kind, shares: [], worth: null, chance: null, breaches: [], code: null, field: "", sentence: "" });
const aid: SeatAct = { kind: "aid", to: "COR", amount: 1 };
const budget: SeatAct = { kind: "budget", guns: 0.1, aid: 0.01 };
const sanction: SeatAct = { kind: "sanction", target: "DOR", level: 0.5 };

test("a budget that was added for aid has no draft, the others keep theirs", () => {
  const rows = paired([{ id: "a", act: aid, by: "" }, { id: "s", act: sanction, by: "" }], [said(budget), said(aid), said(sanction)]);
  expect(rows.map((row) => row.id)).toEqual(["", "a", "s"]);
});

test("one's own budget is completed, wherever it stood", () => {
  const rows = paired([{ id: "a", act: aid, by: "" }, { id: "b", act: { kind: "budget", guns: 0.1 }, by: "" }], [said(budget), said(aid)]);
  expect(rows.map((row) => [row.id, row.act])).toEqual([["b", budget], ["a", aid]]);
});

test("before the server has answered, drafts stand as they are", () => {
  expect(paired([{ id: "a", act: aid, by: "" }], [])).toEqual([{ id: "a", act: aid, by: "", said: null }]);
});
