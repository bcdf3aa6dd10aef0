// Drafts beside what was said of them.  A budget that pays for aid may have been put before them; it has no draft of its own.
import type { OrderDraft } from "../state/merging";
import type { SeatAct, Weighed } from "../wire/vocabulary";

export interface Row {
  id: string;
  act: SeatAct;
  said: Weighed | null;
  /** The device that drafted it. */
  by: string;
}

export function paired(own: OrderDraft[], weighed: Weighed[]): Row[] {
  if (!weighed.length) return own.map((draft) => ({ ...draft, said: null }));
  const rest = own.filter((draft) => draft.act.kind !== "budget");
  const budget = own.find((draft) => draft.act.kind === "budget");
  return weighed.map((said) => {
    const draft = said.act.kind === "budget" ? budget : rest.shift();
    return { id: draft?.id ?? "", act: said.act, said, by: draft?.by ?? "" };
  });
}
