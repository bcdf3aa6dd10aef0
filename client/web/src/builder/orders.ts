// Orders with holes that a seat fills in by itself; what the server lists as choices needs none of this.
import type { Desk, SeatAct } from "../wire/vocabulary";
import { hole, maybe, start, type Hole, type Values } from "./fields";

/** Given by a button of the thing that they are about, or by the builder of offers. */
type ByButton = "propose" | "sign" | "reject" | "retract" | "renounce" | "table" | "sponsor" | "withdraw" | "declare" | "vote" | "join" | "launch" | "cancel" | "done" | "call" | "waive" | "withhold";
export type FormKind = Exclude<SeatAct["kind"], ByButton>;

const MOTIVES = ["fear of the unipole", "fear of a neighbour", "profit", "influence over an ally", "shelter in company", "ideology", "opinion at home", "danger at home", "autonomy", "principle", "habit"] as const;

export const ORDERS: Record<FormKind, readonly Hole[]> = {
  budget: [hole("guns", "share"), maybe("investment", "share"), maybe("projection", "share"), maybe("programme", "share"), maybe("mobilisation", "share")],
  aid: [hole("to", "country"), hole("amount", "amount"), hole("form", ["money", "arms", "programme", "insurgents"])],
  sanction: [hole("target", "country"), hole("level", "share")],
  base: [hole("host", "country"), hole("guest", "country"), hole("granted", "flag")],
  announce: [hole("target", "country"), hole("issue", "issue")],
  influence: [hole("by", ["bond", "ingratiate", "lobby", "oppose"]), hole("target", "country"), hole("effort", "share"), maybe("issue", "issue")],
  dialogue: [hole("host", "country"), hole("issue", "issue")],
  state: [
    hole("says", ["position", "frame", "threaten", "reassure", "demand", "delegitimise", "rebuke", "support"]),
    maybe("about", "country"),
    maybe("issue", "issue"),
    maybe("place", "share"),
    maybe("until", "turn"),
  ],
  motive: [hole("motive", MOTIVES), maybe("about", "country")],
};

export function newOrder(kind: FormKind, desk: Desk): SeatAct {
  const others = desk.lands.map((land) => land.country).filter((country) => country !== desk.viewer);
  const values: Values = { kind };
  for (const spec of ORDERS[kind]) values[spec.name] = start(spec, desk, others);
  if (kind === "base" || kind === "dialogue") values.host = desk.viewer;
  return values as unknown as SeatAct;
}

/** The act as it is sent: a turn is chosen as text. */
export function finished(act: SeatAct): SeatAct {
  return act.kind === "state" && act.until ? { ...act, until: Number(act.until) } : act;
}
