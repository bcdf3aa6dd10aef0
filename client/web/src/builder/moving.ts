// An offer may be begun in one turn and sent in a later one.
import type { Clause, Desk } from "../wire/vocabulary";

/** A clause as it can still be offered: what was begun in an earlier turn runs from this one. */
export function movedUp(clause: Clause, { turn, turns }: Desk["here"]): Clause {
  return clause.since >= turn ? clause : { ...clause, since: turn, until: clause.until < turn ? turns : clause.until };
}
