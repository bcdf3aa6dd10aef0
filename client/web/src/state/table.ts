// One viewer at a session: its socket as the bell, its desk and story as what there is to read.
import { computed, effect, signal, untracked } from "@preact/signals";
import { Connection } from "../wire/connection";
import { http, Refused } from "../wire/http";
import { t } from "../words";
import type { Desk, SeatAct, Submit, Vocabulary } from "../wire/vocabulary";
import { language } from "./looks";
import { say } from "./notices";
import { shelf } from "./shelf";
import { standing, type Told } from "./standing";

const REST_MS = 120; // news of one moment are read together
const SPREAD_MS = 250; // a class does not ask in the same millisecond
const AGAIN_MS = 2000;
const STATE_EVERY_MS = 8000;

export class Table {
  readonly desk = signal<Desk | null>(null);
  readonly lines = signal<Told[]>([]);
  readonly state = signal<Vocabulary["PublicState"] | null>(null);
  readonly gone = signal("");
  /** The last act that was accepted, as long as nobody was asked about it. */
  readonly lately = signal<SeatAct | null>(null);
  /** When the open step closes, on this page's clock; null while the clock stands still. */
  readonly dueAt = signal<number | null>(null);
  /** What countries are called where their names stand alone, and inside a sentence. */
  readonly names = computed(() => new Map(this.state.value?.seats.map((seat) => [seat.country, seat.name]) ?? []));
  readonly within = computed(() => new Map(this.state.value?.seats.map((seat) => [seat.country, seat.within]) ?? []));
  readonly connection: Connection;
  private read = 0;
  private known = -1;
  private reading = false;
  private generation = 0;
  private timer = 0;
  private readonly rounds: number;
  private readonly deaf: () => void;

  constructor(
    readonly session: string,
    readonly seat: string,
    readonly token: string,
  ) {
    const name = `unipole:sent:${session}:${seat}`;
    const outgoing = { read: () => shelf.read<Record<string, Submit>>(name, {}), write: (orders: Record<string, Submit>) => shelf.write(name, orders) };
    this.connection = new Connection(session, token, outgoing, (total) => this.heard(total));
    this.deaf = effect(() => {
      void language.value;
      untracked(() => this.begin());
    });
    // A seat that is turned away asks once more, so that the page can say why.
    effect(() => {
      if (this.connection.standing.value === "turned away") untracked(() => void this.look());
    });
    this.rounds = window.setInterval(() => void this.lookAround(), STATE_EVERY_MS);
  }

  /** Send one act.  True if it was accepted; else the refusal has been said. */
  async submit(act: SeatAct): Promise<boolean> {
    const refusal = await this.refusalOf(act);
    if (refusal) say(refusal, "bad");
    return refusal === null;
  }

  /** Send one act; the sentence of its refusal, or null.  Devices that send the same draft give it the same id, so that it counts once. */
  async refusalOf(act: SeatAct, id?: string): Promise<string | null> {
    // That one is done is said of the step one sees, and does not count for the next.
    const step = act.kind === "done" ? (this.desk.value?.here.step ?? null) : null;
    const answer = await this.connection.submit(act, id, step);
    if (answer.accepted && act.kind !== "motive") this.lately.value = act;
    void this.look();
    if (answer.accepted) return null;
    return step && answer.refusal.code === "step/not-open" ? t("done.late") : answer.refusal.sentence;
  }

  weigh(acts: SeatAct[]): Promise<Vocabulary["Weighing"]> {
    return http.weigh(this.session, this.token, { acts });
  }

  /** Why something that was told happened, as far as this viewer may know. */
  why(event: number): Promise<Vocabulary["Why"]> {
    return http.why(this.session, this.token, event);
  }

  /** What everybody promised, as far as this viewer knows, and what became of it. */
  ledger(): Promise<Vocabulary["Ledger"]> {
    return http.ledger(this.session, this.token);
  }

  close(): void {
    this.deaf();
    clearTimeout(this.timer);
    clearInterval(this.rounds);
    this.connection.close();
  }

  /** Read everything anew: at the start, and when somebody chose another language. */
  private begin(): void {
    this.generation++;
    this.read = 0;
    this.lines.value = [];
    void this.look();
    void this.lookAround();
  }

  private heard(total: number): void {
    if (total === this.known && this.desk.value) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), REST_MS + Math.random() * SPREAD_MS);
  }

  private async look(): Promise<void> {
    if (this.connection.standing.value === "closed") return;
    if (this.reading) {
      this.timer = window.setTimeout(() => void this.look(), REST_MS);
      return;
    }
    this.reading = true;
    const generation = this.generation;
    try {
      const [now, story] = await Promise.all([http.desk(this.session, this.token), http.story(this.session, this.token, this.read)]);
      if (generation !== this.generation) return; // it was asked for in another language
      this.known = now.total;
      const stepped = this.desk.value?.here.step !== now.desk.here.step;
      this.desk.value = now.desk;
      this.dueAt.value = now.due_in_ms === null ? null : performance.now() + now.due_in_ms;
      if (story.lines.length) this.lines.value = standing([...this.lines.value, ...story.lines], now.desk.here.schedule);
      this.read = story.total;
      if (stepped) void this.lookAround();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.gone.value = error.message;
      else this.timer = window.setTimeout(() => void this.look(), AGAIN_MS * (0.5 + Math.random()));
    } finally {
      this.reading = false;
    }
  }

  /** Read anew what everybody may know: who sits where. */
  async lookAround(): Promise<void> {
    const generation = this.generation;
    try {
      const state = await http.state(this.session);
      if (generation === this.generation) this.state.value = state;
    } catch {
      // the socket says whether the server is there
    }
  }
}
