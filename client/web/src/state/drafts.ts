// Drafts of one seat.  Orders lie on the seat's sheet, which the server keeps for all its devices; the copy in this browser bridges a lost
// network and a reload.  An offer that is being composed lies in this browser alone.
import { effect, type Signal, signal, untracked } from "@preact/signals";
import { freshId } from "../wire/fresh";
import { http, Refused } from "../wire/http";
import type { Clause, SeatAct, Vocabulary } from "../wire/vocabulary";
import { t } from "../words";
import { added, merged, type OrderDraft, same } from "./merging";
import { say } from "./notices";
import { shelf } from "./shelf";
import type { Table } from "./table";

export type { OrderDraft };
type Sheet = Vocabulary["Sheet"];

/** An offer as far as it is composed. */
export interface OfferDraft {
  partners: string[];
  clauses: Clause[];
  formal: boolean;
  secret: boolean;
  until: number;
}

/** The copy in this browser; `base` is the sheet of this number, from which `orders` were changed. */
interface Kept {
  turn: number;
  number: number;
  base: OrderDraft[];
  orders: OrderDraft[];
}

const REST_MS = 150;
const AGAIN_MS = 1500;
const ORDERS_MAX = 64;

export class Drafts {
  readonly orders: Signal<OrderDraft[]>;
  /** What another device put on the sheet while this one changed it too; null if nothing is to be settled. */
  readonly clash = signal<OrderDraft[] | null>(null);
  /** Whether the server has what is shown. */
  readonly shared = signal(true);
  /** The device that this page is, as its team calls it. */
  me = "";
  private base: OrderDraft[];
  private number: number;
  private readonly name: string;
  private busy = false;
  private again = false;
  private timer = 0;
  private readonly deaf: () => void;

  constructor(private readonly table: Table, private turn: number) {
    this.name = `unipole:drafts:${table.session}:${table.seat}`;
    const kept = shelf.read<Kept>(`${this.name}:orders`, { turn, number: 0, base: [], orders: [] });
    const fresh = kept.turn === turn;
    this.number = fresh ? kept.number : 0;
    this.base = fresh ? kept.base : [];
    this.orders = signal(fresh ? kept.orders : []);
    this.deaf = effect(() => {
      void table.connection.rung.sheet.value;
      untracked(() => this.soon(0));
    });
  }

  /** Drafts of an earlier turn go: they were meant for its situation. */
  turnTo(turn: number): void {
    if (turn === this.turn) return;
    this.turn = turn;
    this.base = [];
    this.clash.value = null;
    this.show([]);
  }

  add(act: SeatAct): boolean {
    if (this.orders.value.length >= ORDERS_MAX) {
      say(t("sheet.full", { count: ORDERS_MAX }), "bad");
      return false;
    }
    this.change(added(this.orders.value, { id: freshId(), act, by: this.me }));
    return true;
  }

  drop(id: string): void {
    this.change(this.orders.value.filter((draft) => draft.id !== id));
  }

  /** End a clash: with both, with what lies on the seat's sheet, or with what is here. */
  settle(how: "both" | "theirs" | "mine"): void {
    const theirs = this.clash.value;
    if (!theirs) return;
    const orders = how === "theirs" ? theirs : how === "mine" ? this.orders.value : merged(this.base, this.orders.value, theirs);
    this.base = theirs;
    this.clash.value = null;
    this.change(orders);
  }

  get offer(): OfferDraft | null {
    return shelf.read<OfferDraft | null>(`${this.name}:offer`, null);
  }

  set offer(offer: OfferDraft | null) {
    shelf.write(`${this.name}:offer`, offer);
  }

  close(): void {
    this.deaf();
    clearTimeout(this.timer);
  }

  private change(orders: OrderDraft[]): void {
    this.show(orders);
    this.soon(REST_MS);
  }

  private show(orders: OrderDraft[]): void {
    this.orders.value = orders;
    this.shared.value = same(orders, this.base);
    shelf.write(`${this.name}:orders`, { turn: this.turn, number: this.number, base: this.base, orders } satisfies Kept);
  }

  private soon(rest_ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.meet(), rest_ms);
  }

  /** Read the sheet, and write it if this device alone has changed it. */
  private async meet(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      this.take(await http.sheet(this.table.session, this.table.token));
      if (!this.clash.value && !same(this.orders.value, this.base)) await this.write();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return; // the page says that the seat is gone
      // Another device was quicker: read again.  Anything else passes.
      this.soon(error instanceof Refused && error.code === "sheet/changed" ? 0 : AGAIN_MS * (0.5 + Math.random()));
    } finally {
      this.busy = false;
      if (this.again) this.soon(REST_MS);
      this.again = false;
    }
  }

  private take(sheet: Sheet): void {
    const theirs = this.readFrom(sheet);
    const changed = !same(this.orders.value, this.base);
    this.number = sheet.number ?? 0;
    if (!changed || same(this.orders.value, theirs)) {
      this.base = theirs;
      this.clash.value = null;
      this.show(theirs);
    } else if (!same(theirs, this.base)) {
      this.clash.value = theirs;
    }
  }

  private async write(): Promise<void> {
    const sent = this.orders.value;
    const kept = await http.keep(this.table.session, this.table.token, {
      number: this.number,
      step: this.table.desk.value?.here.step ?? null,
      acts: sent.map((draft) => draft.act),
      notes: JSON.stringify({ ids: sent.map((draft) => draft.id), by: sent.map((draft) => draft.by) }),
    });
    this.number = kept.number ?? 0;
    this.base = sent;
    this.show(this.orders.value);
  }

  /** The drafts of a sheet; one of another turn is as good as empty. */
  private readFrom(sheet: Sheet): OrderDraft[] {
    if (Number(sheet.step?.split(":")[2] ?? this.turn) !== this.turn) return [];
    const { ids, by } = notesOf(sheet.notes ?? "");
    return (sheet.acts ?? []).map((act, place) => ({ id: ids[place] ?? `${sheet.number}-${place}`, act, by: by[place] ?? "" }));
  }
}

/** The names of drafts and who drafted them; a program that writes a sheet may leave other notes. */
function notesOf(notes: string): { ids: string[]; by: string[] } {
  try {
    const found = JSON.parse(notes) as { ids?: unknown; by?: unknown };
    const texts = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
    return { ids: texts(found?.ids), by: texts(found?.by) };
  } catch {
    return { ids: [], by: [] };
  }
}
