// One seat's socket, `unipole.v1+json`: it comes back by itself, asks for what it missed, and sends again what was not answered.
import { signal } from "@preact/signals";
import { language } from "../state/looks";
import { wait } from "./backoff";
import { freshId } from "./fresh";
import type { FrameIn, FrameOut, Refusal, SeatAct, Submit } from "./vocabulary";

export const SUBPROTOCOL = "unipole.v1+json";
export type Standing = "connecting" | "open" | "waiting" | "turned away" | "closed";
type Answer = { accepted: true } | { accepted: false; refusal: Refusal };

/** Refusals that ask for the same again in a moment. */
const PASSING = new Set(["server/busy", "log/unavailable", "limit/too-fast", "limit/too-many", "server/failed"]);
/** Closes after which coming back would only repeat what was wrong. */
const FINAL = new Set([1003, 1007, 1009]);
const RETRY_MS = 700;
const PATIENCE_MS = 45_000;

/** What is kept across a reload: orders that wait for their answer. */
export interface Outgoing {
  read(): Record<string, Submit>;
  write(orders: Record<string, Submit>): void;
}

export class Connection {
  readonly standing = signal<Standing>("connecting");
  readonly refusedBecause = signal("");
  /** Grows whenever there may be something new beside the game: on the order sheet, or in the rooms. */
  readonly rung = { sheet: signal(0), talk: signal(0) };
  private socket: WebSocket | null = null;
  private failures = 0;
  private since = 0;
  private timer = 0;
  private orders: Record<string, Submit>;
  private readonly answers = new Map<string, (answer: Answer) => void>();

  constructor(
    private readonly session: string,
    private readonly token: string,
    private readonly outgoing: Outgoing,
    private readonly news: (total: number) => void,
  ) {
    this.orders = outgoing.read();
    this.open();
  }

  /** Submit one act, for the step alone that is named, if one is; the same id goes out until the server has answered it. */
  submit(act: SeatAct, id: string = freshId(), step: string | null = null): Promise<Answer> {
    const order: Submit = { type: "submit", id, act, step };
    return new Promise((resolve) => {
      this.answers.set(id, resolve);
      this.orders = { ...this.orders, [id]: order };
      this.outgoing.write(this.orders);
      this.send(order);
    });
  }

  close(): void {
    this.standing.value = "closed";
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private open(): void {
    if (this.standing.value === "closed") return;
    this.standing.value = this.failures ? "waiting" : "connecting";
    const url = new URL("ws", new URL(".", document.baseURI));
    url.searchParams.set("lang", language.value);
    url.searchParams.set("session", this.session); // a hint for whoever steers connections; what counts is the hello
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url, [SUBPROTOCOL]);
    this.socket = socket;
    // A hello is answered in a moment or never: a socket that stays silent at the start is given up.
    const silent = setTimeout(() => socket.close(), PATIENCE_MS);
    socket.onopen = () =>
      this.send({ type: "hello", protocol: "unipole.v1", session: this.session, token: this.token, since: this.since });
    socket.onmessage = (message) => {
      clearTimeout(silent);
      this.take(JSON.parse(String(message.data)) as FrameOut);
    };
    socket.onclose = (close) => {
      clearTimeout(silent);
      if (this.socket === socket) this.lost(close.code);
    };
  }

  private lost(code: number): void {
    this.socket = null;
    if (this.standing.value === "closed" || this.standing.value === "turned away") return;
    if (FINAL.has(code)) {
      this.standing.value = "turned away";
      return;
    }
    this.standing.value = "waiting";
    this.timer = window.setTimeout(() => this.open(), wait(this.failures++));
  }

  private take(frame: FrameOut): void {
    switch (frame.type) {
      case "welcome":
        this.failures = 0;
        this.standing.value = "open";
        if (frame.total < this.since) this.since = frame.total;
        for (const order of Object.values(this.orders)) this.send(order);
        this.rung.sheet.value++; // nudges get lost while nobody listens
        this.rung.talk.value++;
        this.news(frame.total);
        return;
      case "told":
        this.told(frame.first, frame.events.length);
        return;
      case "seen":
        this.news(frame.total);
        return;
      case "acked":
        this.answered(frame.id, { accepted: true });
        return;
      case "refusal":
        this.refused(frame);
        return;
      case "nudge":
        this.rung[frame.about].value++;
        return;
      case "receipt":
      case "held":
        return;
    }
  }

  private told(first: number, count: number): void {
    if (first > this.since + 1) {
      this.socket?.close(); // a number is missing: come back and ask for it
      return;
    }
    this.since = Math.max(this.since, first + count - 1);
    this.news(this.since);
  }

  private refused(refusal: Refusal): void {
    const { id, code } = refusal;
    if (id === null) {
      if (this.standing.value !== "open" && !PASSING.has(code)) {
        this.standing.value = "turned away";
        this.refusedBecause.value = refusal.sentence;
      }
      return;
    }
    const order = this.orders[id];
    if (order && PASSING.has(code)) {
      window.setTimeout(() => this.send(order), RETRY_MS * (0.5 + Math.random()));
      return;
    }
    this.answered(id, { accepted: false, refusal });
  }

  private answered(id: string, answer: Answer): void {
    const { [id]: _, ...rest } = this.orders;
    this.orders = rest;
    this.outgoing.write(rest);
    this.answers.get(id)?.(answer);
    this.answers.delete(id);
  }

  private send(frame: FrameIn): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}
