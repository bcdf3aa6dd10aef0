// Two changes of one sheet, put together.
import type { SeatAct } from "../wire/vocabulary";

export interface OrderDraft {
  id: string;
  act: SeatAct;
  /** The device that drafted it; "" if that is not known. */
  by: string;
}

/** One budget says it all; every other order may be given more than once. */
export function added(orders: OrderDraft[], draft: OrderDraft): OrderDraft[] {
  const others = draft.act.kind === "budget" ? orders.filter((other) => other.act.kind !== "budget") : orders;
  return [...others, draft];
}

/** What lies on the seat's sheet, with what was added and without what was dropped here since `base`. */
export function merged(base: OrderDraft[], mine: OrderDraft[], theirs: OrderDraft[]): OrderDraft[] {
  const known = new Set(base.map((draft) => draft.id));
  const kept = new Set(mine.map((draft) => draft.id));
  const rest = theirs.filter((draft) => kept.has(draft.id) || !known.has(draft.id));
  const news = mine.filter((draft) => !known.has(draft.id) && !rest.some((other) => other.id === draft.id));
  return news.reduce(added, rest);
}

export const same = (one: OrderDraft[], other: OrderDraft[]): boolean => one.length === other.length && one.every((draft, place) => draft.id === other[place]?.id);
