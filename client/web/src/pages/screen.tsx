// The projector: what everybody may know, large, by the public token alone.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Slides } from "../debrief/slides";
import { Told } from "../parts/basics";
import { Clock } from "../parts/clock";
import { Legend, WorldMap } from "../parts/map";
import { Qr } from "../parts/qr";
import { Ready } from "../parts/ready";
import { Lines } from "../parts/record";
import { Steps } from "../parts/steps";
import { Tally } from "../parts/tally";
import { useTitle } from "../parts/title";
import { address } from "../router";
import { shelf } from "../state/shelf";
import { Table } from "../state/table";
import { FIRST_MS, wait } from "../wire/backoff";
import { http, Refused } from "../wire/http";
import type { Desk } from "../wire/vocabulary";
import { t, tongueOf, turnName, word } from "../words";
import { within } from "../builder/fields";
import { Frame, Gone } from "./frame";
import { Operation } from "./world";

const LATEST = 9;

export function Screen({ code }: { code: string }) {
  const [ticket, setTicket] = useState(() => shelf.ticket(code));
  const [fault, setFault] = useState("");
  useEffect(() => {
    if (ticket?.public) return;
    let over = false;
    let timer = 0;
    // Any screen may show what everybody may know.  Nobody stands at a projector to load it again, so it asks until it is answered.
    const ask = async (failures: number) => {
      try {
        const { session } = await http.find(code);
        const { token } = await http.watch(session);
        if (!over) setTicket(shelf.keep(code, { session, public: token }));
      } catch (error) {
        if (over) return;
        const unknown = error instanceof Refused && error.status === 404;
        setFault(unknown ? error.message : `${(error as Error).message} ${t("screen.again")}`);
        if (!unknown) timer = window.setTimeout(() => void ask(failures + 1), FIRST_MS + wait(failures));
      }
    };
    void ask(0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [code]);
  if (!ticket?.public) {
    return (
      <Frame>
        <p class="empty">
          {fault || t("play.loading")} {fault && <a href="#/">{t("join.another")}</a>}
        </p>
      </Frame>
    );
  }
  return <Wall code={code} session={ticket.session} token={ticket.public} />;
}

function Wall({ code, session, token }: { code: string; session: string; token: string }) {
  const table = useMemo(() => new Table(session, "public", token), [session, token]);
  useEffect(() => () => table.close(), [table]);
  const desk = table.desk.value;
  if (table.gone.value) return <Gone />;
  if (!desk) return <p class="empty">{t("play.loading")}</p>;
  return <Shown table={table} desk={desk} code={code} token={token} />;
}

function Shown({ table, desk, code, token }: { table: Table; desk: Desk; code: string; token: string }) {
  const { here } = desk;
  useTitle(desk.title);
  const lobby = here.status === "lobby";
  const over = here.status === "over";
  return (
    <div class="screen" data-step={here.step}>
      {!over && (
        <header class="wallhead">
          <div class="stack tight">
            <h1 lang={tongueOf(desk.title)}>{desk.title}</h1>
            <p class="soft">
              {here.turn > 0 && `${turnName(here)} · `}
              {!lobby && (
                <>
                  {t("screen.join")} <span class="code">{code.toUpperCase()}</span>
                </>
              )}
            </p>
          </div>
          {!lobby && (
            <div class="row">
              <Ready table={table} here={here} />
              <Clock dueAt={table.dueAt.value} status={here.status} large />
            </div>
          )}
        </header>
      )}
      {over ? <Slides table={table} token={token} opened={table.state.value?.opened ?? false} /> : lobby ? <Lobby table={table} code={code} /> : <Now table={table} desk={desk} />}
    </div>
  );
}

/** Before it begins: the way in, for cameras and for fingers, and who is there already. */
function Lobby({ table, code }: { table: Table; code: string }) {
  const link = new URL(address("join", code), document.baseURI).href;
  const seats = table.state.value?.seats ?? [];
  return (
    <main class="wall lobby">
      <div class="stack">
        <Qr text={link} />
        <p class="code big">{code.toUpperCase()}</p>
        <p>{link}</p>
      </div>
      <section class="stack" aria-labelledby="taken">
        <h2 id="taken">{t("run.seats", { count: seats.filter((seat) => seat.claimed).length, seats: seats.length })}</h2>
        <ul class="seats slim">
          {seats.map((seat) => (
            <li key={seat.country} class={`card slim row apart ${seat.claimed ? "held" : ""}`}>
              <span>{seat.name}</span>
              {seat.claimed && <span class="tag ally">✓ {t("join.taken")}</span>}
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}

/** What goes on: what the step asks of everybody, then the world, the drafts of this turn and what was told last. */
function Now({ table, desk }: { table: Table; desk: Desk }) {
  const { here } = desk;
  const drafts = desk.drafts.filter((draft) => draft.turn === here.turn);
  const latest = table.lines.value.slice(-LATEST).reverse();
  return (
    <main class="wall">
      <div class="stack">
        <section class="asked">
          <h2>{word("phase", here.phase)}</h2>
          <p class="soft">{word("lead", here.phase)}</p>
          <Steps here={here} />
        </section>
        <WorldMap desk={desk} chosen="" choose={() => undefined} />
        <Legend desk={desk} />
      </div>
      <div class="stack told">
        {drafts.map((draft) => (
          <article key={draft.id} class="card stack tight">
            <div class="row apart">
              <h3>
                <Told>{draft.title}</Told>
              </h3>
              <span key={draft.status} class={`tag ${draft.stage === "voted" ? "verdict" : ""} ${draft.status === "adopted" ? "ally" : draft.status === "tabled" ? "act" : ""}`}>{word("draft", draft.status)}</span>
            </div>
            <p class="small soft">{t("chamber.by", { who: within(desk, ...draft.sponsors) })}</p>
            {(draft.status === "tabled" || draft.stage !== "silent") && <Tally key={draft.stage} draft={draft} names={table.names.value} called={draft.stage === "voted"} wall />}
          </article>
        ))}
        {desk.operations
          .filter((operation) => operation.status !== "cancelled")
          .map((operation) => (
            <Operation key={operation.id} desk={desk} operation={operation} />
          ))}
        {latest.length > 0 && (
          <section class="card latest">
            <Lines brief lines={latest} />
          </section>
        )}
      </div>
    </main>
  );
}
