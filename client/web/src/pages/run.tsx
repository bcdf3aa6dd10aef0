// The instructor's page: the code for the class, the clock, and who sits where.
import { useEffect, useMemo, useState } from "preact/hooks";
import { landName } from "../lands";
import { Clock } from "../parts/clock";
import { address, isLoopback } from "../router";
import { say } from "../state/notices";
import { shelf, type Ticket } from "../state/shelf";
import { Table } from "../state/table";
import { http } from "../wire/http";
import { freshId } from "../wire/fresh";
import type { ControlAct } from "../wire/vocabulary";
import { t, tongueOf, word } from "../words";
import { Frame } from "./frame";

const MINUTE_S = 60;

export function Run({ code }: { code: string }) {
  const ticket = shelf.ticket(code);
  if (!ticket?.control || !ticket.public) {
    return (
      <Frame>
        <p class="empty">{t("run.not_here")}</p>
      </Frame>
    );
  }
  return <Control ticket={ticket} control={ticket.control} shown={ticket.public} />;
}

function Control({ ticket, control, shown }: { ticket: Ticket; control: string; shown: string }) {
  const table = useMemo(() => new Table(ticket.session, "public", shown), [ticket.session, shown]);
  useEffect(() => () => table.close(), [table]);
  const [busy, setBusy] = useState(false);
  const act = async (wish: ControlAct) => {
    if (busy) return;
    setBusy(true);
    try {
      await http.control(ticket.session, control, wish);
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      setBusy(false);
    }
  };
  const here = table.desk.value?.here;
  const seats = table.state.value?.seats ?? [];
  const link = new URL(address("join", ticket.code), document.baseURI).href;
  return (
    <Frame>
      <div class="stack wide">
        <section class="hero">
          <p class="soft">{t("run.code")}</p>
          <p class="code big">{ticket.code.toUpperCase()}</p>
          <p class="small">
            <a href={address("join", ticket.code)}>{link}</a>
          </p>
          <h1 lang={tongueOf(table.desk.value?.title ?? "")}>{table.desk.value?.title}</h1>
          {isLoopback() && <p class="small">{t("run.loopback")}</p>}
        </section>
        {here && (
          <section class="card stack">
            <div class="row apart">
              <h2>{here.turn ? `${t("turn.of", { turn: here.turn, turns: here.turns })} · ${word("phase", here.phase)}${here.rounds > 1 ? ` ${here.round}/${here.rounds}` : ""}` : t(here.status === "over" ? "status.over" : "lead.title.lobby")}</h2>
              <Clock dueAt={table.dueAt.value} status={here.status} />
            </div>
            <div class="choices">
              {here.status === "lobby" && (
                <button type="button" class="button main" aria-disabled={busy} onClick={() => void act({ act: "start" })}>
                  {t("run.start")}
                </button>
              )}
              {here.status === "running" && (
                <>
                  <button type="button" class="button" aria-disabled={busy} onClick={() => void act({ act: "pause", reason: "The instructor asks for a pause", id: freshId() })}>
                    {t("run.pause")}
                  </button>
                  <button type="button" class="button" aria-disabled={busy} onClick={() => void act({ act: "extend", seconds: MINUTE_S, id: freshId() })}>
                    {t("run.extend")}
                  </button>
                  <button type="button" class="button" aria-disabled={busy} onClick={() => void act({ act: "force", id: freshId() })}>
                    {t("run.force")}
                  </button>
                </>
              )}
              {here.status === "paused" && (
                <button type="button" class="button main" aria-disabled={busy} onClick={() => void act({ act: "resume", id: freshId() })}>
                  {t("run.resume")}
                </button>
              )}
              <a class="button" href={address("screen", ticket.code)} target="_blank" rel="noreferrer">
                {t("run.screen")}
              </a>
              <a class="button" href={address("join", ticket.code)}>
                {t("run.sit")}
              </a>
            </div>
            <p class="small soft">{t("run.bots")}</p>
          </section>
        )}
        <section class="stack">
          <h2>{t("run.seats", { count: seats.filter((seat) => seat.claimed).length, seats: seats.length })}</h2>
          <ul class="seats">
            {seats.map((seat) => (
              <li key={seat.country} class="card slim row apart">
                <span>{landName(seat.country, seat.name)}</span>
                <span class="row">
                  {here?.done.includes(seat.country) && <span class="tag ally">✓ {t("run.done")}</span>}
                  {seat.claimed ? <span class="tag act">{t("run.person")}</span> : <span class="tag ai">{t("ai")}</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Frame>
  );
}
