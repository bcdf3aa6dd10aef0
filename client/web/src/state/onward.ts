// "Nothing more until orders": a seat says it once, and the rounds before orders do not ask it again in this turn.
// Each round is passed by a plain `done`, so the log knows nothing else.  What is new and waits for the seat takes it back: an offer, a ballot.
import type { Desk } from "../wire/vocabulary";

/** The turn that a seat passes up to its orders, and the offers that it left unanswered when it said so. */
export interface Onward {
  turn: number;
  left: string[];
}

export const NOT_YET: Onward = { turn: 0, left: [] };

/**
 * What the open step is to a seat that said so: passed, or a reason to ask.  Bots are done only once people are, so nothing waits for them.
 * A round of ballots with nothing to vote on is passed by any seat.
 */
export function passing({ here, offers, drafts, viewer }: Pick<Desk, "here" | "offers" | "drafts" | "viewer">, { turn, left }: Onward, ballots: number): "pass" | "ask" | "none" {
  if (here.status !== "running" || here.phase === "orders" || !here.open.includes("done") || here.done.includes(viewer)) return "none";
  if (here.open.includes("vote") && !drafts.some((draft) => draft.status === "tabled")) return "pass";
  if (turn !== here.turn) return "none";
  if (ballots || offers.some((offer) => offer.waits && !left.includes(offer.id))) return "ask";
  return "pass";
}

/** Said now, or taken back. */
export function turned(said: Onward, { here, offers }: Pick<Desk, "here" | "offers">): Onward {
  return said.turn === here.turn ? NOT_YET : { turn: here.turn, left: offers.filter((offer) => offer.waits).map((offer) => offer.id) };
}
