// What was taken back is marked: what came after the place to which the game went back, and nothing else.
import { expect, test } from "vitest";
import { standing, type Told } from "../src/state/standing";

const SCHEDULE = ["briefing", "negotiation", "assembly", "orders"];

function line(number: number, turn: number, phase: string, round: number, kind = "offer-made"): Told {
  return { number, turn, phase, round, kind, sentence: "", brief: "", secret: false } as Told;
}

const undone = (lines: Told[]) => standing(lines, SCHEDULE).flatMap((told) => (told.undone ? [told.number] : []));

test("steps that were taken back are marked, and what follows in them is not", () => {
  const lines = [line(1, 1, "negotiation", 1), line(2, 1, "negotiation", 2), line(3, 1, "orders", 1), line(4, 1, "negotiation", 1, "undone"), line(5, 1, "negotiation", 2)];
  expect(undone(lines)).toEqual([2, 3]);
  expect(undone(standing(lines, SCHEDULE))).toEqual([2, 3]);
  expect(undone(lines.slice(0, 3))).toEqual([]);
});

test("after a practice turn nothing of it counts but what control said and who sits where", () => {
  const lines = [line(1, 1, "briefing", 1, "news"), line(2, 1, "briefing", 1, "control"), line(3, 1, "orders", 1, "seat-held"), line(4, 1, "orders", 1), line(5, 0, "briefing", 0, "undone")];
  expect(undone(lines)).toEqual([1, 4]);
});
