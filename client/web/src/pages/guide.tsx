// The tutorial: a first turn at a small table among bots, step by step.  The learner holds the clock, so nothing hurries.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { IconName } from "../parts/icons";
import type { Drafts } from "../state/drafts";
import { shelf } from "../state/shelf";
import type { Table } from "../state/table";
import { freshId } from "../wire/fresh";
import { http } from "../wire/http";
import type { ControlAct, Desk } from "../wire/vocabulary";
import { t, word } from "../words";
import { ballotsOwed } from "../state/ballots";

const AMPLE_S = 1800;
const SCARCE_MS = 600_000;

interface Now {
  desk: Desk;
  tab: IconName;
  drafts: Drafts;
}

interface Step {
  name: string;
  /** Where it is done; elsewhere the way there is pointed at. */
  at: IconName;
  /** What is pointed at. */
  target: string;
  done: (now: Now) => boolean;
}

const ORDER = ["briefing", "negotiation", "assembly", "orders", "adjudication", "report"];
/** Whether the game is past a phase and round of the first turn. */
const past = ({ here }: Desk, phase: string, round = 9): boolean =>
  here.turn > 1 || here.status === "over" || ORDER.indexOf(here.phase) > ORDER.indexOf(phase) || (here.phase === phase && here.round > round);
const DONE = ".ways .button";

const STEPS: Step[] = [
  { name: "role", at: "role", target: "main .sheet", done: ({ tab }) => tab === "role" },
  { name: "sheet", at: "role", target: ".tabs [data-place=desk]", done: ({ tab }) => tab === "desk" },
  { name: "offer", at: "desk", target: "#inbox + .button", done: ({ desk }) => past(desk, "negotiation", 1) || desk.offers.some((offer) => offer.mine) },
  { name: "round", at: "desk", target: DONE, done: ({ desk }) => past(desk, "negotiation", 1) },
  { name: "answer", at: "desk", target: ".offer .choices", done: ({ desk }) => past(desk, "negotiation") || !desk.offers.some((offer) => offer.waits) },
  { name: "chamber", at: "chamber", target: ".tally", done: ({ desk, tab }) => past(desk, "negotiation") || tab === "chamber" },
  { name: "close", at: "desk", target: DONE, done: ({ desk }) => past(desk, "negotiation") },
  { name: "vote", at: "desk", target: ".ballot", done: ({ desk }) => past(desk, "assembly") || ballotsOwed(desk) === 0 },
  { name: "voted", at: "desk", target: DONE, done: ({ desk }) => past(desk, "assembly") },
  { name: "order", at: "desk", target: "main .card .button", done: ({ desk, drafts }) => past(desk, "orders") || drafts.orders.value.length + desk.sealed.length > 0 },
  { name: "send", at: "desk", target: ".drafts .main", done: ({ desk }) => past(desk, "orders") || desk.sealed.length > 0 },
  { name: "ordered", at: "desk", target: DONE, done: ({ desk }) => past(desk, "orders") },
  { name: "report", at: "desk", target: "#payoff", done: () => false },
];

interface Props extends Now {
  table: Table;
  code: string;
}

export function Guide(props: Props) {
  return shelf.ticket(props.code)?.guide === undefined ? null : <Guided {...props} />;
}

function Guided({ table, desk, tab, drafts, code }: Props) {
  const ticket = shelf.ticket(code);
  const reached = useSignal(ticket?.guide ?? 0);
  const place = next(reached.value, { desk, tab, drafts });
  const step = STEPS[place];
  const keep = (value: number | undefined) => {
    if (ticket) shelf.keep(code, { session: ticket.session, guide: value });
  };
  useEffect(() => {
    if (place > reached.value) {
      reached.value = place;
      keep(place);
    }
  }, [place]);
  // On a phone the guide does not stay in view, so it comes back with every step.
  useEffect(() => {
    if (place > 0) document.getElementById("guide")?.scrollIntoView({ block: "nearest" });
  }, [place]);
  useEffect(() => void (ticket?.control && tend(ticket.session, ticket.control, desk, place, table.dueAt.value)), [desk.here.step, desk.here.status, place]);
  useEffect(() => (step ? pointed(step.at === tab ? step.target : `.tabs [data-place=${step.at}]`) : undefined), [step, tab]);
  if (!step) return null;
  const last = place === STEPS.length - 1;
  return (
    <section class="guide" aria-labelledby="guide" aria-live="polite">
      <p class="tiny soft">{t("guide.step", { step: place + 1, steps: STEPS.length })}</p>
      <h2 id="guide">{word("guide", `${step.name}.what`)}</h2>
      <p class="small">{word("guide", `${step.name}.why`)}</p>
      <div class="row">
        <button
          type="button"
          class={`button slim ${last ? "main" : ""}`}
          onClick={() => {
            reached.value = place + 1;
            keep(last ? undefined : place + 1);
          }}
        >
          {t(last ? "guide.end" : "guide.skip")}
        </button>
      </div>
    </section>
  );
}

/** The first step from `reached` on that is still to be done. */
function next(reached: number, now: Now): number {
  let place = reached;
  while (STEPS[place]?.done(now)) place++;
  return place;
}

/** Marks what is pointed at, also when it comes late or is drawn anew, until something else is. */
function pointed(target: string): () => void {
  let found: Element | null = null;
  const point = (to: Element | null) => {
    if (to === found) return;
    found?.removeAttribute("data-pointed");
    to?.setAttribute("data-pointed", "");
    found = to;
  };
  const look = () => point(document.querySelector(target));
  const changes = new MutationObserver(look);
  changes.observe(document.body, { childList: true, subtree: true });
  look();
  return () => {
    changes.disconnect();
    point(null);
  };
}

/** Steps in which nobody can act are closed once they were read, and no other step runs out. */
async function tend(session: string, control: string, desk: Desk, place: number, dueAt: number | null): Promise<void> {
  const { here } = desk;
  const act = (wish: ControlAct) => http.control(session, control, wish).catch(() => undefined);
  if (here.status !== "running") return;
  const reading = (here.phase === "briefing" && (place > 1 || here.turn > 1)) || here.phase === "adjudication";
  if (reading) await act({ act: "force", id: freshId() });
  else if (dueAt !== null && dueAt - performance.now() < SCARCE_MS) await act({ act: "extend", seconds: AMPLE_S, id: freshId() });
}
