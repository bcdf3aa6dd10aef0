// Two people change one sheet at once; putting both together loses neither's work.
import { expect, test } from "vitest";
import { merged, type OrderDraft } from "../src/state/merging";
import type { SeatAct } from "../src/wire/vocabulary";

const draft = (id: string, act: SeatAct = { kind: "aid", to: "COR", amount: 1 }): OrderDraft => ({ id, act, by: "" });
const ids = (orders: OrderDraft[]) => orders.map((one) => one.id).join("");
const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => draft(id)) as [OrderDraft, OrderDraft, OrderDraft, OrderDraft];

test("what either added is there, what either dropped is gone", () => {
  expect(ids(merged([a, b], [b, c], [a, d]))).toBe("dc");
});

test("what both have is there once", () => {
  expect(ids(merged([], [a, b], [b]))).toBe("ba");
});

test("of two budgets, the one of this device stands", () => {
  const [ours, others] = [draft("x", { kind: "budget", guns: 0.1 }), draft("y", { kind: "budget", guns: 0.2 })];
  expect(ids(merged([], [ours], [others, a]))).toBe("ax");
});
