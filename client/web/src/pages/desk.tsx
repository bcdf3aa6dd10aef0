// The desk: what this step asks for, offers, and what can be done now.
import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { OrderForm } from "../builder/order";
import { OfferBuilder } from "../builder/offer";
import { named, within } from "../builder/fields";
import type { FormKind } from "../builder/orders";
import { Worth } from "../parts/basics";
import { Choices, useSending } from "../parts/choices";
import { Done } from "../parts/done";
import { Ask } from "../parts/expecting";
import { Lines } from "../parts/record";
import { Until } from "../parts/clock";
import type { IconName } from "../parts/icons";
import { readiness } from "../parts/ready";
import { toDebrief } from "../router";
import type { Drafts } from "../state/drafts";
import { say } from "../state/notices";
import type { Onward } from "../state/onward";
import { shelf } from "../state/shelf";
import type { Table } from "../state/table";
import type { Team } from "../state/team";
import type { CommitmentPaper, Desk, OfferPaper, SeatAct } from "../wire/vocabulary";
import { freshId } from "../wire/fresh";
import { http } from "../wire/http";
import { briefly, t, word } from "../words";
import { Drafts as DraftList } from "./chamber";
import { Orders } from "./orders";
import { Report } from "./report";
import { Aims } from "./role";
import { Issue } from "./world";

interface Props {
  onward: Signal<Onward>;
  table: Table;
  desk: Desk;
  drafts: Drafts;
  team: Team;
  go: (name: IconName) => void;
}

export function DeskPage({ onward, table, desk, drafts, team, go }: Props) {
  const { here } = desk;
  const reading = here.phase === "briefing" || here.phase === "report" || here.phase === "adjudication";
  const asked = here.phase === "orders";
  return (
    <div class="stack wide">
      <Lead onward={onward} table={table} desk={desk} drafts={drafts} go={go} />
      {here.status === "over" && desk.role && <Aims role={desk.role} over />}
      {here.status === "over" || (reading && here.turn > 0) ? <Report table={table} desk={desk} /> : null}
      {here.phase === "negotiation" && <Bargaining table={table} desk={desk} drafts={drafts} />}
      {here.phase === "assembly" && <DraftList table={table} desk={desk} />}
      {asked && <Bound table={table} desk={desk} asked />}
      {asked && <Orders table={table} desk={desk} drafts={drafts} team={team} />}
      {here.status === "lobby" && <About desk={desk} />}
      {!asked && <Bound table={table} desk={desk} />}
    </div>
  );
}

/** What the case turns on, for those who wait. */
function About({ desk }: { desk: Desk }) {
  return (
    <section class="stack" aria-labelledby="about">
      <h2 id="about">{t("world.issues")}</h2>
      {desk.issues.map((issue) => (
        <Issue key={issue.id} issue={issue} />
      ))}
    </section>
  );
}

/** The key of control, for somebody who plays a session of their own and waits for nobody. */
function controlOf(table: Table): string {
  return shelf.tickets().find((ticket) => ticket.session === table.session)?.control ?? "";
}

function Lead({ onward, table, desk, drafts, go }: Omit<Props, "team">) {
  const { here } = desk;
  const name = here.status === "lobby" ? "lobby" : here.status === "over" ? "over" : here.phase;
  const { people } = readiness(table, here);
  const control = controlOf(table);
  const alone = people <= 1 ? control : "";
  const steer = (token: string, act: Parameters<typeof http.control>[2]) => void http.control(table.session, token, act).catch((error: Error) => say(error.message, "bad"));
  const next = name === "briefing" ? "briefing" : name !== "report" ? null : here.turn === here.turns ? "last" : "report";
  return (
    <section class="lead">
      <h1>
        {here.status === "running" ? word("phase", here.phase) : word("lead.title", name)}
        {here.status === "running" && here.rounds > 1 && <span class="soft small"> {t("lead.round", { round: here.round, rounds: here.rounds })}</span>}
      </h1>
      <p class="soft">{word("lead", name)}</p>
      {here.status === "paused" && <p class="advice">{t("lead.paused")}</p>}
      {here.status === "lobby" && (
        <div class="row">
          <button type="button" class="button main" onClick={() => go("role")}>
            {t("lead.read_role")}
          </button>
          {control && (
            <button type="button" class="button" onClick={() => steer(control, { act: "start" })}>
              {t("run.start")}
            </button>
          )}
          {table.state.value && <span class="small soft">{t("run.seats", { count: table.state.value.seats.filter((seat) => seat.claimed).length, seats: table.state.value.seats.length })}</span>}
        </div>
      )}
      {here.status === "running" && next && (
        <div class="row">
          <button type="button" class="button" onClick={() => go("role")}>
            {t("lead.read_role")}
          </button>
          <Until dueAt={table.dueAt.value} say={(time) => t(`lead.opens.${next}`, { time })} />
          {alone && (
            <button type="button" class="button" onClick={() => steer(alone, { act: "force", step: here.step, id: freshId() })}>
              {t("run.resume")}
            </button>
          )}
        </div>
      )}
      {here.status === "over" && (
        <div class="row">
          <button type="button" class="button main" onClick={toDebrief}>
            {t("debrief.open")}
          </button>
        </div>
      )}
      {here.open.includes("done") && here.status === "running" && <Done onward={onward} table={table} desk={desk} drafts={drafts} />}
    </section>
  );
}

// ---- negotiation ----------------------------------------------------------------------------------------------------------------------

function Bargaining({ table, desk, drafts }: { table: Table; desk: Desk; drafts: Drafts }) {
  const [composing, setComposing] = useState(false);
  const waiting = desk.offers.filter((offer) => offer.waits);
  const others = desk.offers.filter((offer) => !offer.waits);
  const suggested = desk.groups.find((group) => group.kind === "suggested");
  return (
    <>
      <section class="stack" aria-labelledby="inbox">
        <div class="row apart">
          <h2 id="inbox">{t("offers.inbox")}</h2>
          <button type="button" class="button main" disabled={!desk.here.open.includes("propose") || desk.here.done.includes(desk.viewer)} onClick={() => setComposing(true)}>
            {t("offers.compose")}
          </button>
        </div>
        {waiting.length ? waiting.map((offer) => <Offer key={offer.id} table={table} desk={desk} offer={offer} />) : <p class="empty">{t("offers.none")}</p>}
      </section>
      {suggested && (
        <section class="stack tight">
          <h3>{t("offers.suggested")}</h3>
          <p class="small soft">{t("offers.guess")}</p>
          <Choices table={table} options={suggested.options} />
        </section>
      )}
      {others.length > 0 && (
        <section class="stack">
          <h2>{t("offers.table")}</h2>
          {others.map((offer) => (
            <Offer key={offer.id} table={table} desk={desk} offer={offer} />
          ))}
        </section>
      )}
      <Answered table={table} desk={desk} />
      <DraftList table={table} desk={desk} />
      <MoreActs table={table} desk={desk} />
      <OfferBuilder table={table} desk={desk} drafts={drafts} open={composing} close={() => setComposing(false)} />
    </>
  );
}

type Grounds = NonNullable<Extract<SeatAct, { kind: "reject" }>["because"]>;
const GROUNDS: Grounds[] = ["gain", "company", "favour", "price", "nothing", "rival", "doubt"];

function Offer({ table, desk, offer }: { table: Table; desk: Desk; offer: OfferPaper }) {
  const { busy, send } = useSending(table);
  const [because, explain] = useState<Grounds | null>(null);
  const others = offer.parties.filter((party) => party !== desk.viewer);
  const title = offer.mine
    ? t("offer.mine", { who: within(desk, ...others) })
    : t("offer.from", { who: within(desk, offer.author) });
  const words: Record<string, [label: string, done: string, style: string]> = {
    reject: [t("offer.reject"), t("offer.rejected"), ""],
    retract: [t("offer.retract"), t("offer.retracted"), ""],
  };
  return (
    <article class={`card offer ${offer.secret ? "secret" : ""} ${offer.waits ? "" : "mine slim"}`}>
      <div class="row apart">
        <h3>{title}</h3>
        <span class="row">
          {offer.secret && <span class="tag secret">{t("secret")}</span>}
          {!offer.mine && !offer.waits && <span class="tag">{t(offer.rejected.includes(desk.viewer) ? "offer.you_rejected" : offer.signed.includes(desk.viewer) ? "offer.you_signed" : "offer.unanswered")}</span>}
          {offer.parties.length > 2 && <span class="tag">{t("offer.parties", { count: offer.parties.length })}</span>}
        </span>
      </div>
      <ul class="clauses">
        {offer.clauses.map((clause) => (
          <li key={clause}>{clause}</li>
        ))}
      </ul>
      <Answers offer={offer} desk={desk} />
      {offer.options.length > 0 && (
        <div class="choices">
          {offer.options.map((option, place) => {
            const all = option.act.kind === "sign" && place > 0;
            const [label, done, style] =
              option.act.kind === "sign" ? [t(all ? "offer.accept_all" : "offer.accept"), t("offer.accepted"), all ? "" : "main"] : (words[option.act.kind] ?? [option.text, t("sent"), ""]);
            return (
              <button
                key={label}
                type="button"
                class={`button ${style}`}
                aria-disabled={busy}
                onClick={() => void send(option.act.kind === "sign" || option.act.kind === "reject" ? { ...option.act, because } : option.act, done)}
              >
                {label}
              </button>
            );
          })}
          <Worth value={offer.options[0]?.worth ?? null} />
        </div>
      )}
      {offer.waits && (
        <label class="row small">
          {t("offer.because")}
          <select class="select" value={because ?? ""} onChange={(event) => explain((event.currentTarget.value || null) as Grounds | null)}>
            <option value="">{t("chamber.because_none")}</option>
            {GROUNDS.map((reason) => (
              <option key={reason} value={reason}>
                {word("value.grounds", reason)}
              </option>
            ))}
          </select>
        </label>
      )}
      {offer.options[0]?.act.kind === "sign" && <Ask table={table} desk={desk} act={offer.options[0].act} />}
    </article>
  );
}

const ANSWERS = new Set(["offer-signed", "offer-rejected"]);
const ANSWERS_SHOWN = 6;

/** What others answered this turn and why, also where the offer is gone since. */
function Answered({ table, desk }: { table: Table; desk: Desk }) {
  const lines = table.lines.value.filter((line) => !line.undone && line.turn === desk.here.turn && ANSWERS.has(line.kind)).slice(-ANSWERS_SHOWN).reverse();
  if (!lines.length) return null;
  return (
    <section class="card slim stack tight" aria-labelledby="answered">
      <h2 id="answered" class="small">
        {t("offers.answered")}
      </h2>
      <Lines lines={lines} />
    </section>
  );
}

function Answers({ offer, desk }: { offer: OfferPaper; desk: Desk }) {
  const signed = offer.signed.filter((country) => country !== offer.author);
  if (!signed.length && !offer.rejected.length) return offer.mine ? <p class="small soft">{t("offer.no_answer")}</p> : null;
  return (
    <p class="small soft">
      {signed.length > 0 && `✓ ${t("offer.signed_by", { who: within(desk, ...signed) })} `}
      {offer.rejected.length > 0 && `✕ ${t("offer.rejected_by", { who: within(desk, ...offer.rejected) })}`}
    </p>
  );
}

/** Statements and other acts that take effect at once. */
function MoreActs({ table, desk }: { table: Table; desk: Desk }) {
  const { send } = useSending(table);
  const kinds = (["state", "motive"] as FormKind[]).filter((kind) => desk.here.open.includes(kind));
  const spoken = desk.groups.find((group) => group.kind === "state");
  if (!kinds.length || desk.here.done.includes(desk.viewer)) return null;
  return (
    <details class="card slim">
      <summary>{t("more.title")}</summary>
      {spoken && <Choices table={table} options={spoken.options} />}
      <OrderForm desk={desk} kinds={kinds} label={t("more.send")} take={(act) => void send(act, t("sent"))} />
    </details>
  );
}

// ---- what binds -----------------------------------------------------------------------------------------------------------------------

/** `asked`: while orders are written, agreements fold to a line that asks whether they want one. */
function Bound({ table, desk, asked = false }: { table: Table; desk: Desk; asked?: boolean }) {
  const mine = desk.commitments.filter((commitment) => commitment.mine);
  if (!mine.length) return null;
  const papers = mine.map((commitment) => <Commitment key={commitment.id} table={table} desk={desk} commitment={commitment} />);
  return asked ? (
    <details class="card slim bound">
      <summary>{t("bound.asked", { count: mine.length })}</summary>
      <div class="stack">{papers}</div>
    </details>
  ) : (
    <section class="stack" aria-labelledby="bound">
      <h2 id="bound">{t("bound.title")}</h2>
      {papers}
    </section>
  );
}

function Commitment({ table, desk, commitment }: { table: Table; desk: Desk; commitment: CommitmentPaper }) {
  const { busy, send } = useSending(table);
  const [leave] = commitment.options;
  return (
    <article class="card slim stack tight">
      <div class="row apart">
        <h3>{briefly(commitment.parties.map((party) => named(desk, party)))}</h3>
        {commitment.secret && <span class="tag secret">{t("secret")}</span>}
      </div>
      <ul class="clauses small">
        {commitment.clauses.map((clause) => (
          <li key={clause}>{clause}</li>
        ))}
      </ul>
      {leave && (
        <div class="row">
          <button type="button" class="button quiet slim" aria-disabled={busy} onClick={() => void send(leave.act, t("bound.left"))}>
            {t("bound.leave")}
          </button>
        </div>
      )}
    </article>
  );
}
