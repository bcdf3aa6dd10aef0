// Drafts of one seat, kept in this browser until they are sent: orders of the turn, and an offer that is being composed.
import { type Signal, signal } from "@preact/signals";
import { freshId } from "../wire/fresh";
import type { Clause, SeatAct } from "../wire/vocabulary";
import { shelf } from "./shelf";

export interface OrderDraft {
  id: string;
  act: SeatAct;
}

/** An offer as far as it is composed. */
export interface OfferDraft {
  partners: string[];
  clauses: Clause[];
  formal: boolean;
  secret: boolean;
  until: number;
}

interface Kept {
  turn: number;
  orders: OrderDraft[];
}

export class Drafts {
  readonly orders: Signal<OrderDraft[]>;
  private readonly name: string;

  constructor(session: string, seat: string, private turn: number) {
    this.name = `unipole:drafts:${session}:${seat}`;
    const kept = shelf.read<Kept>(`${this.name}:orders`, { turn, orders: [] });
    this.orders = signal(kept.turn === turn ? kept.orders : []);
  }

  /** Drafts of an earlier turn go: they were meant for its situation. */
  turnTo(turn: number): void {
    if (turn !== this.turn) {
      this.turn = turn;
      this.keep([]);
    }
  }

  add(act: SeatAct): void {
    // One budget says it all; every other order may be given more than once.
    const others = act.kind === "budget" ? this.orders.value.filter((draft) => draft.act.kind !== "budget") : this.orders.value;
    this.keep([...others, { id: freshId(), act }]);
  }

  drop(id: string): void {
    this.keep(this.orders.value.filter((draft) => draft.id !== id));
  }

  get offer(): OfferDraft | null {
    return shelf.read<OfferDraft | null>(`${this.name}:offer`, null);
  }

  set offer(offer: OfferDraft | null) {
    shelf.write(`${this.name}:offer`, offer);
  }

  private keep(orders: OrderDraft[]): void {
    this.orders.value = orders;
    shelf.write(`${this.name}:orders`, { turn: this.turn, orders });
  }
}
