// The first page: a code to join with, or a new session.
import { useEffect, useState } from "preact/hooks";
import { plain } from "../parts/basics";
import { go } from "../router";
import { typed } from "../state/code";
import { language } from "../state/looks";
import { begin } from "../state/learning";
import { say } from "../state/notices";
import { shelf } from "../state/shelf";
import { http, Refused } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t, tongueOf } from "../words";
import { Frame } from "./frame";

type Cards = Vocabulary["ScenarioCards"]["scenarios"];
/** As many cases as are looked at before the rest is asked for. */
const SHOWN = 6;
const PEOPLE_MAX = 400;
const HOW = ["start", "play", "debrief"] as const;

export function Home() {
  return (
    <Frame>
      <section class="hero split even">
        <div class="stack">
          <h1>{t("home.title")}</h1>
          <p>{t("home.lead")}</p>
          <Learn />
        </div>
        <div class="card stack">
          <CodeForm />
          <Again />
        </div>
      </section>
      <ol class="how" aria-label={t("home.how")}>
        {HOW.map((name) => (
          <li key={name}>
            <b>{t(`home.how.${name}`)}</b> <span class="small soft">{t(`home.how.${name}_means`)}</span>
          </li>
        ))}
      </ol>
      <Scenarios />
    </Frame>
  );
}

function CodeForm() {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState("");
  const join = async (event: Event) => {
    event.preventDefault();
    const wanted = typed(code);
    if (!wanted) return setFault(t("home.code_missing"));
    try {
      await http.find(wanted);
      go("join", wanted);
    } catch (error) {
      setFault(error instanceof Refused && error.status === 404 ? t("home.code_unknown", { code: wanted.toUpperCase() }) : (error as Error).message);
    }
  };
  return (
    <form class="stack tight" onSubmit={(event) => void join(event)}>
      <div class="codeform">
        <label class="field">
          {t("home.code")}
          <input
            value={code}
            maxLength={12}
            autoComplete="off"
            autoCapitalize="characters"
            spellcheck={false}
            aria-invalid={fault !== ""}
            aria-describedby="code-fault"
            onInput={(event) => {
              setCode(event.currentTarget.value);
              setFault("");
            }}
          />
        </label>
        <button class="button main">{t("home.join")}</button>
      </div>
      <p id="code-fault" class="alarm" role="alert">
        {fault}
      </p>
    </form>
  );
}

/** The way in for somebody who has never played: a table of one's own, and a guide at it. */
function Learn() {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const learn = async () => {
    if (busy) return;
    setBusy(true);
    try {
      go("play", await begin());
    } catch (error) {
      setFault((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="row">
      <button type="button" class="button" aria-disabled={busy} onClick={() => void learn()}>
        {t("home.learn")}
      </button>
      <span class="small soft">{t("home.learn_lead")}</span>
      {fault && <span class="alarm">{fault}</span>}
    </div>
  );
}

/** Sessions in which this browser holds a seat or control. */
function Again() {
  const [tickets, setTickets] = useState(() => shelf.tickets().filter((ticket) => ticket.seat || ticket.control));
  if (!tickets.length) return null;
  return (
    <section class="stack tight">
      <h2 class="small">{t("home.again")}</h2>
      <ul class="stack tight">
        {tickets.map((ticket) => (
          <li key={ticket.code} class="row">
            <span class="code small">{ticket.code.toUpperCase()}</span>
            {ticket.seat && (
              <a class="button slim" href={`#/play/${ticket.code}`}>
                {t("home.to_seat", { country: ticket.country ?? "" })}
              </a>
            )}
            {ticket.control && (
              <a class="button slim" href={`#/run/${ticket.code}`}>
                {t("home.to_control")}
              </a>
            )}
            <button
              type="button"
              class="button quiet slim"
              onClick={() => {
                shelf.drop(ticket.code);
                setTickets(shelf.tickets().filter((other) => other.seat || other.control));
              }}
            >
              {t("home.forget")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type House = Required<Pick<Vocabulary["NewSession"], "talk" | "overheard" | "away_seconds">> & { missing: NonNullable<Vocabulary["NewSession"]["missing"]> };
const TALK: House["talk"][] = ["open", "moderated", "off"];
const AWAY_MINUTES = [2, 5, 10];
const MISSING: House["missing"][] = ["hold", "bot", "ignore"];

/** How the seats of the next session may talk in rooms, what takes the place of orders that are missing, and how long a seat is waited for that was left. */
function HouseRules({ value, change }: { value: House; change: (value: House) => void }) {
  return (
    <details class="small">
      <summary>{t("home.ways")}</summary>
      <div class="row">
        <label class="field">
          {t("home.talk_between")}
          <select value={value.talk} onChange={(event) => change({ ...value, talk: event.currentTarget.value as House["talk"] })}>
            {TALK.map((name) => (
              <option key={name} value={name}>
                {t(`home.talk.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={value.overheard} disabled={value.talk === "off"} onChange={(event) => change({ ...value, overheard: event.currentTarget.checked })} />
          <span>{t("home.overheard")}</span>
        </label>
        <label class="field">
          {t("home.missing")}
          <select value={value.missing} onChange={(event) => change({ ...value, missing: event.currentTarget.value as House["missing"] })}>
            {MISSING.map((name) => (
              <option key={name} value={name}>
                {t(`home.missing.${name}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label class="field">
        {t("home.away")}
        <select value={String(value.away_seconds ?? "")} onChange={(event) => change({ ...value, away_seconds: Number(event.currentTarget.value) || null })}>
          {AWAY_MINUTES.map((count) => (
            <option key={count} value={String(count * 60)}>
              {t("home.away.after", { count })}
            </option>
          ))}
          <option value="">{t("home.away.never")}</option>
        </select>
      </label>
    </details>
  );
}

function Scenarios() {
  const [cards, setCards] = useState<Cards>([]);
  const [fault, setFault] = useState("");
  const [house, settle] = useState<House>({ talk: "open", overheard: false, missing: "hold", away_seconds: AWAY_MINUTES[0]! * 60 });
  const [people, setPeople] = useState(0);
  const [all, showAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const spoken = language.value;
  useEffect(() => {
    http.scenarios().then(
      (found) => setCards([...found.scenarios].sort((one, other) => one.seats - other.seats || one.turns - other.turns)),
      (error: Error) => setFault(error.message),
    );
  }, [spoken]);
  const make = async (scenario: string, turns: number) => {
    if (busy) return;
    setBusy(true);
    try {
      const made = await http.make({ scenario, turns, pace: "live", bots: true, open_seats: true, ...house });
      shelf.keep(made.code, { session: made.session, control: made.control_token, public: made.public_token });
      go("run", made.code);
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      setBusy(false);
    }
  };
  const ordered = people ? [...cards].sort((one, other) => apart(one.seats, people) - apart(other.seats, people)) : cards;
  const shown = all ? ordered : ordered.slice(0, SHOWN);
  return (
    <section class="stack" aria-labelledby="cases">
      <div class="row apart casehead">
        <h2 id="cases">{t("home.new")}</h2>
        <label class="row small">
          {t("home.people")}
          <input class="input" type="number" min={1} max={PEOPLE_MAX} inputMode="numeric" onInput={(event) => setPeople(Math.min(PEOPLE_MAX, event.currentTarget.valueAsNumber || 0))} />
        </label>
      </div>
      {fault && <p class="alarm">{fault}</p>}
      {!fault && !cards.length && <p class="empty">{t("play.loading")}</p>}
      <HouseRules value={house} change={settle} />
      <ul class="tiles">
        {shown.map((card) => (
          <Case key={card.scenario} card={card} people={people} make={(turns) => void make(card.scenario, turns)} />
        ))}
      </ul>
      {ordered.length > shown.length && (
        <div class="row">
          <button type="button" class="button" onClick={() => showAll(true)}>
            {t("home.all", { count: ordered.length })}
          </button>
        </div>
      )}
    </section>
  );
}

/** How far a number of seats is from a number of people: twice as many is as far as half as many. */
const apart = (seats: number, people: number): number => Math.abs(Math.log2(seats / people));

/** How so many people would sit. */
function fit(seats: number, people: number): string {
  if (people > seats) return t("home.fit.share", { count: Math.ceil(people / seats) });
  return people === seats ? t("home.fit.each") : t("home.fit.bots", { count: seats - people });
}

/** So many turns of a case, with the minutes of their steps. */
const length = (card: Cards[number], turns: number): string => t("home.length", { count: turns, minutes: Math.round((turns * card.turn_seconds) / 60) });

function Case({ card, people, make }: { card: Cards[number]; people: number; make: (turns: number) => void }) {
  const [turns, setTurns] = useState(card.turns);
  return (
    <li class="card tile">
      <div>
        <h3 lang={tongueOf(card.title)}>{card.title}</h3>
        <p class="tiny soft">
          {t("home.size", { seats: card.seats, turns: card.turns })}
          {card.minutes !== null && ` · ${t("home.minutes", { count: card.minutes })}`}
        </p>
        {people > 0 && <p class="tag act">{fit(card.seats, people)}</p>}
      </div>
      <div class="stack tight">
        <p class="small soft" lang={tongueOf(card.summary)}>
          {card.summary}
        </p>
        {card.aims.length > 0 && (
          <details class="small">
            <summary>{t("home.aims")}</summary>
            <ol class="aims" lang={tongueOf(card.aims.join(" "))}>
              {card.aims.map((aim) => (
                <li key={aim}>{plain(aim)}</li>
              ))}
            </ol>
          </details>
        )}
      </div>
      <div class="stack tight">
        <select class="select small" aria-label={`${t("home.turns")}: ${card.title}`} value={turns} onChange={(event) => setTurns(Number(event.currentTarget.value))}>
          {Array.from({ length: card.turns }, (_, back) => card.turns - back).map((count) => (
            <option key={count} value={count}>
              {length(card, count)}
            </option>
          ))}
        </select>
        <button type="button" class="button slim" aria-label={`${t("home.make")}: ${card.title}`} onClick={() => make(turns)}>
          {t("home.make")}
        </button>
      </div>
    </li>
  );
}
