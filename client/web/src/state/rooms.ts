// What the people of a session say to each other: rooms, each known by its seats, and what was not read yet on this device.
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { freshId } from "../wire/fresh";
import { type Asks, http, Refused } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { shelf } from "./shelf";
import type { Table } from "./table";
import type { Team } from "./team";

export type Heard = Vocabulary["TalkNow"]["heard"][number];

export interface Room {
  /** Its seats in the order of the scenario, one's own included. */
  members: string[];
  messages: Heard[];
  unread: number;
}

/** A page of what was said; the server gives no more at once. */
const AGAIN_MS = 2000;

export const nameOf = (members: string[]): string => members.join(" ");

/** Messages in the order in which they were first heard, each as it stands now: held, said, or withheld. */
export function settled(heard: Heard[]): Heard[] {
  const found = new Map<string, Heard>();
  for (const one of heard) {
    const before = found.get(one.message);
    found.set(one.message, before ? { ...before, status: one.status, reason: one.reason, told: one.told } : one);
  }
  return [...found.values()];
}

export class Rooms {
  readonly policy = signal<{ talk: string; overheard: boolean } | null>(null);
  readonly rooms: ReadonlySignal<Map<string, Room>>;
  readonly unread: ReadonlySignal<number>;
  /** The room that is open; "" is none. */
  readonly chosen = signal("");
  /** Rooms that were opened here, in which nothing was said yet. */
  private readonly opened: Signal<string[][]>;
  private readonly heard = signal<Heard[]>([]);
  private readonly read: Signal<Record<string, number>>;
  private readonly name: string;
  private total = 0;
  private reading = false;
  private again = false;
  private timer = 0;
  private readonly deaf: () => void;

  constructor(
    private readonly table: Table,
    private readonly team: Team,
  ) {
    this.name = `unipole:rooms:${table.session}:${table.seat}`;
    this.read = signal(shelf.read<Record<string, number>>(`${this.name}:read`, {}));
    this.opened = signal(shelf.read<string[][]>(`${this.name}:opened`, []));
    this.rooms = computed(() => this.sorted());
    this.unread = computed(() => [...this.rooms.value.values()].reduce((sum, room) => sum + room.unread, 0));
    this.deaf = effect(() => {
      void table.connection.rung.talk.value;
      untracked(() => void this.look());
    });
  }

  /** Open a room with these seats, whether or not anything was said in it. */
  open(others: string[]): void {
    const members = this.order([this.table.seat, ...others]);
    if (!this.rooms.value.has(nameOf(members))) {
      this.opened.value = [...this.opened.value, members];
      shelf.write(`${this.name}:opened`, this.opened.value);
    }
    this.chosen.value = nameOf(members);
  }

  /** Say something; the sentence of the refusal, or null.  The same id counts once, however often it is sent. */
  async say(members: string[], text: string, id: string, asks: Asks): Promise<string | null> {
    try {
      await http.say(this.table.session, this.table.token, id, members.filter((member) => member !== this.table.seat), text, asks);
    } catch (error) {
      return (error as Error).message;
    }
    await this.look();
    return null;
  }

  /** Everything in a room was read. */
  seen(room: string): void {
    const last = this.rooms.value.get(room)?.messages.at(-1)?.number ?? 0;
    if ((this.read.value[room] ?? 0) >= last) return;
    this.read.value = { ...this.read.value, [room]: last };
    shelf.write(`${this.name}:read`, this.read.value);
  }

  /** What is being written in a room, kept until it was sent; its id is that of the message to be. */
  unsent(room: string): { id: string; text: string } {
    return shelf.read(`${this.name}:unsent:${room}`, { id: freshId(), text: "" });
  }

  keep(room: string, unsent: { id: string; text: string }): void {
    if (unsent.text) shelf.write(`${this.name}:unsent:${room}`, unsent);
    else shelf.remove(`${this.name}:unsent:${room}`);
  }

  close(): void {
    this.deaf();
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    clearTimeout(this.timer);
    try {
      do {
        this.again = false;
        const now = await http.hear(this.table.session, this.table.token, this.total);
        if (now.total < this.total) {
          this.total = 0; // the words were removed
          this.heard.value = [];
          this.again = true;
          continue;
        }
        this.policy.value = { talk: now.talk, overheard: now.overheard };
        if (now.heard.length) this.heard.value = [...this.heard.value, ...now.heard];
        this.total = now.heard.at(-1)?.number ?? this.total;
        this.again ||= this.total < now.total;
      } while (this.again);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return; // the page says that the seat is gone
      this.timer = window.setTimeout(() => void this.look(), AGAIN_MS * (0.5 + Math.random()));
    } finally {
      this.reading = false;
    }
  }

  /** One's own people first, then the room in which something was said last. */
  private sorted(): Map<string, Room> {
    const own = this.table.seat;
    const rooms = new Map<string, Room>([[own, { members: [own], messages: [], unread: 0 }]]);
    const room = (members: string[]) => {
      const found = rooms.get(nameOf(members)) ?? { members, messages: [], unread: 0 };
      rooms.set(nameOf(members), found);
      return found;
    };
    for (const message of settled(this.heard.value)) room([...message.room]).messages.push(message);
    for (const members of this.opened.value) room(members);
    for (const [name, one] of rooms) {
      const known = this.read.value[name] ?? 0;
      one.unread = one.messages.filter((message) => message.number > known && (message.author !== own || message.device !== this.team.mine.value)).length;
    }
    const last = ([name, one]: [string, Room]) => (name === own ? Infinity : (one.messages.at(-1)?.number ?? 0));
    return new Map([...rooms].sort((one, other) => last(other) - last(one)));
  }

  private order(members: string[]): string[] {
    const seats = this.table.state.value?.seats.map((seat) => seat.country) ?? [];
    return [...new Set(members)].sort((one, other) => seats.indexOf(one) - seats.indexOf(other));
  }
}
