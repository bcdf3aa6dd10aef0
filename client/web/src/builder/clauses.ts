// What can be promised, and on what it can hang: one row for each kind, so that a new kind in the rules stops the build here.
import type { Clause, Condition, Desk } from "../wire/vocabulary";
import { CHOICES, hole, LEVELS, maybe, start, type Hole, type Values } from "./fields";

export const CLAUSES: Record<Clause["kind"], readonly Hole[]> = {
  vote: [hole("choice", CHOICES), hole("issue", "issue")],
  aid: [hole("to", "country"), hole("amount", "amount")],
  join: [hole("target", "country"), hole("level", LEVELS)],
  defend: [maybe("ally", "country"), maybe("against", "country")],
  "non-aggression": [maybe("ally", "country")],
  neutrality: [maybe("towards", "country")],
  consult: [],
  restraint: [hole("towards", "country"), hole("short_of", ["attack", "occupation"])],
  sanction: [hole("target", "country"), hole("level", "share")],
  base: [hole("guest", "country")],
  intelligence: [maybe("to", "country")],
  spend: [hole("share", "share")],
  renounce: [],
  framework: [],
  "non-recognition": [hole("of", "country")],
};

export type Single = Exclude<Condition, { kind: "every" }>;
export const CONDITIONS: Record<Single["kind"], readonly Hole[]> = {
  voted: [hole("country", "country"), hole("choice", CHOICES), hole("issue", "issue")],
  adopted: [hole("issue", "issue")],
  launched: [maybe("leader", "country"), maybe("target", "country")],
  joined: [hole("country", "country"), hole("target", "country")],
  paid: [hole("country", "country"), hole("to", "country"), hole("amount", "amount")],
  honoured: [hole("country", "country")],
};

/** Holes in which only another party makes sense. */
export const AMONG_PARTIES = new Set(["aid.to", "defend.ally", "non-aggression.ally", "intelligence.to", "base.guest"]);

/** A clause of a kind with values to begin with. */
export function newClause(kind: Clause["kind"], debtor: string, parties: string[], desk: Desk): Clause {
  const others = parties.filter((party) => party !== debtor);
  const target = desk.issues.find((issue) => issue.target && !parties.includes(issue.target))?.target;
  const values: Values = { kind, debtor, since: desk.here.turn, until: desk.here.turns, when: null };
  for (const spec of CLAUSES[kind]) {
    values[spec.name] = spec.name === "target" && target ? target : start(spec, desk, others);
  }
  if (kind === "sanction") values.level = 0.5;
  if (kind === "spend") values.share = 0.02;
  return values as unknown as Clause;
}

/** A condition of a kind with values to begin with: about another than the debtor. */
export function newCondition(kind: Single["kind"], debtor: string, parties: string[], desk: Desk): Single {
  const values: Values = { kind };
  for (const spec of CONDITIONS[kind]) values[spec.name] = start(spec, desk, parties.filter((party) => party !== debtor));
  if (kind === "paid") values.to = debtor;
  if (kind === "launched" || kind === "joined") values.target = desk.issues.find((issue) => issue.target)?.target ?? null;
  return values as unknown as Single;
}
