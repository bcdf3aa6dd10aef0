// The projector: what everybody may know, large, by the public token alone.
import { useEffect, useMemo, useState } from "preact/hooks";
import { encode } from "uqr";
import { Slides } from "../debrief/slides";
import { Clock } from "../parts/clock";
import { Legend, WorldMap } from "../parts/map";
import { Lines } from "../parts/record";
import { Tally } from "../parts/tally";
import { address } from "../router";
import { shelf } from "../state/shelf";
import { Table } from "../state/table";
import { http } from "../wire/http";
import type { Desk } from "../wire/vocabulary";
import { listed, t, tongueOf, word } from "../words";
import { named } from "../builder/fields";
import { Frame } from "./frame";
import { Operation } from "./world";

const LATEST = 9;

export function Screen({ code }: { code: string }) {
  const [ticket, setTicket] = useState(() => shelf.ticket(code));
  const [fault, setFault] = useState("");
  useEffect(() => {
    if (ticket?.public) return;
    // Any screen may show what everybody may know.
    const ask = async () => {
      const { session } = await http.find(code);
      const { token } = await http.watch(session);
      setTicket(shelf.keep(code, { session, public: token }));
    };
    ask().catch((error: Error) => setFault(error.message));
  }, [code]);
  if (!ticket?.public) {
    return (
      <Frame>
        <p class="empty">{fault || t("play.loading")}</p>
      </Frame>
    );
  }
  return <Wall code={code} session={ticket.session} token={ticket.public} />;
}

function Wall({ code, session, token }: { code: string; session: string; token: string }) {
  const table = useMemo(() => new Table(session, "public", token), [session, token]);
  useEffect(() => () => table.close(), [table]);
  const desk = table.desk.value;
  if (!desk) return <p class="empty">{t("play.loading")}</p>;
  const { here } = desk;
  return (
    <div class="screen" data-step={here.step}>
      <header class="row apart">
        <div class="stack tight">
          <h1 lang={tongueOf(desk.title)}>{desk.title}</h1>
          <p class="soft">
            {here.turn > 0 && `${t("turn.of", { turn: here.turn, turns: here.turns })} · ${word("phase", here.phase)}${here.rounds > 1 ? ` ${here.round}/${here.rounds}` : ""}`}
            {here.turn > 0 && here.status !== "over" && " · "}
            {here.status !== "over" && (
              <>
                {t("screen.join")} <span class="code">{code.toUpperCase()}</span>
              </>
            )}
          </p>
        </div>
        <Clock dueAt={table.dueAt.value} status={here.status} large />
      </header>
      {here.status === "over" ? (
        <Slides table={table} token={token} opened={table.state.value?.opened ?? false} />
      ) : (
        <Now table={table} desk={desk} code={code} />
      )}
    </div>
  );
}

/** What goes on: the way in, then the world, the drafts of this turn and what was told last. */
function Now({ table, desk, code }: { table: Table; desk: Desk; code: string }) {
  const { here } = desk;
  const lobby = here.status === "lobby";
  const link = new URL(address("join", code), document.baseURI).href;
  const drafts = desk.drafts.filter((draft) => draft.turn === here.turn);
  const latest = table.lines.value.slice(-LATEST).reverse();
  return (
    <main class="wall">
      <div class="stack">
        {lobby ? (
          <div class="stack">
            <Qr text={link} />
            <p class="code big">{code.toUpperCase()}</p>
            <p>{link}</p>
          </div>
        ) : (
          <>
            <WorldMap desk={desk} chosen="" choose={() => undefined} />
            <Legend desk={desk} />
          </>
        )}
      </div>
      <div class="stack">
        {lobby && <Seats table={table} />}
        {drafts.map((draft) => (
          <article key={draft.id} class="card stack tight">
            <div class="row apart">
              <h3>{draft.title}</h3>
              <span key={draft.status} class={`tag ${draft.stage === "voted" ? "verdict" : ""} ${draft.status === "adopted" ? "ally" : draft.status === "tabled" ? "act" : ""}`}>{word("draft", draft.status)}</span>
            </div>
            <p class="small soft">{t("chamber.by", { who: listed(draft.sponsors.map((country) => named(desk, country))) })}</p>
            {(draft.status === "tabled" || draft.stage !== "silent") && <Tally key={draft.stage} draft={draft} names={table.names.value} called={draft.stage === "voted"} />}
          </article>
        ))}
        {desk.operations
          .filter((operation) => operation.status !== "cancelled")
          .map((operation) => (
            <Operation key={operation.id} desk={desk} operation={operation} />
          ))}
        {latest.length > 0 && (
          <section class="card">
            <Lines lines={latest} />
          </section>
        )}
      </div>
    </main>
  );
}

function Seats({ table }: { table: Table }) {
  const seats = table.state.value?.seats ?? [];
  return (
    <ul class="seats">
      {seats.map((seat) => (
        <li key={seat.country} class="card slim row apart">
          <span>{seat.name}</span>
          {seat.claimed ? <span class="tag ally">✓</span> : <span class="tag ai">{t("ai")}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The address as a code for cameras: dark modules as one path. */
export function Qr({ text }: { text: string }) {
  const { data, size } = useMemo(() => encode(text, { border: 1 }), [text]);
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <div class="qr">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text} shape-rendering="crispEdges">
        <path d={path} />
      </svg>
    </div>
  );
}
