// The instructor's board: the code for the class, the clock, who sits where and is ready, and every way to step in.
import { useEffect, useMemo } from "preact/hooks";
import { useControl } from "../board/asking";
import { ClockCard } from "../board/clock";
import { DebriefBoard } from "../board/debrief";
import { Kept, Override } from "../board/figures";
import { Inject, Speak } from "../board/news";
import { Notes } from "../board/notes";
import { Posts } from "../board/posts";
import { Preview } from "../board/preview";
import { Records } from "../board/records";
import { Seats } from "../board/seats";
import { Hearing } from "../board/talk";
import { Lines } from "../parts/record";
import { Loopback } from "../parts/qr";
import { address, place } from "../router";
import { shelf, type Ticket } from "../state/shelf";
import { Table } from "../state/table";
import { t, tongueOf } from "../words";
import { Frame, Gone } from "./frame";

const LATEST = 8;

export function Run({ code }: { code: string }) {
  const ticket = shelf.ticket(code);
  if (!ticket?.control || !ticket.public) {
    return (
      <Frame>
        <p class="empty">
          {t("run.not_here")} <a href={address("join", code)}>{t("play.choose")}</a>
        </p>
      </Frame>
    );
  }
  return <Board ticket={ticket} token={ticket.control} shown={ticket.public} />;
}

function Board({ ticket, token, shown }: { ticket: Ticket; token: string; shown: string }) {
  const table = useMemo(() => new Table(ticket.session, "public", shown), [ticket.session, shown]);
  useEffect(() => () => table.close(), [table]);
  const control = useControl(table, token);
  const desk = table.desk.value;
  const here = place.value;
  if (table.gone.value && !desk) return <Gone />;
  if (desk && "part" in here && here.part === "debrief") {
    return (
      <Frame title={`${t("debrief.title")}: ${desk.title}`}>
        <DebriefBoard table={table} token={token} code={ticket.code} control={control} />
      </Frame>
    );
  }
  const link = new URL(address("join", ticket.code), document.baseURI).href;
  const latest = table.lines.value.slice(-LATEST).reverse();
  const lobby = !desk || desk.here.status === "lobby";
  const over = desk?.here.status === "over";
  return (
    <Frame title={desk?.title ?? ""} broad>
      <div class="stack wide">
        <section class="boardhead">
          <div class="stack tight">
            <h1 lang={tongueOf(desk?.title ?? "")}>{desk?.title}</h1>
            <div class="choices">
              <a class="button slim" href={address("screen", ticket.code)} target="_blank" rel="noreferrer">
                {t("run.screen")} ↗
              </a>
              {control.may("secrets") && (
                <a class="button slim" href={address("roles", ticket.code)}>
                  {t("roles.title")}
                </a>
              )}
              <a class="button slim" href={address("join", ticket.code)}>
                {t("run.sit")}
              </a>
            </div>
          </div>
          <div class="wayin">
            <p class="small soft">{t("run.code")}</p>
            <p class={`code ${lobby ? "big" : ""}`}>{ticket.code.toUpperCase()}</p>
            <p class="small">
              <a href={address("join", ticket.code)}>{link}</a>
            </p>
          </div>
        </section>
        {!over && <Loopback />}
        <div class="desks">
          <div class="stack wide">
            {desk && <ClockCard table={table} here={desk.here} control={control} />}
            {desk && !lobby && (control.may("inject") || (!over && control.may("override"))) && (
              <section class="stack tight" aria-labelledby="step-in">
                <h2 id="step-in">{t("board.step_in")}</h2>
                <div class="choices">
                  {control.may("inject") && <Speak label={t("board.broadcast")} control={control} />}
                  {!over && control.may("inject") && <Inject desk={desk} control={control} />}
                  {!over && control.may("override") && <Override table={table} token={token} control={control} />}
                  {!over && control.may("secrets") && <Preview session={ticket.session} token={token} />}
                </div>
              </section>
            )}
            {control.may("answer") && <Hearing table={table} token={token} />}
            <Kept table={table} control={control} />
            <Seats table={table} token={token} here={desk?.here} control={control} />
            {control.posts.length > 0 && control.may("note") && <Notes session={ticket.session} token={token} />}
            {control.may("appoint") && control.posts.length > 0 && <Posts table={table} token={token} posts={control.posts} />}
          </div>
          <div class="stack wide">
            {desk && desk.here.turn > 0 && control.may("secrets") && (
              <section class="stack tight" aria-labelledby="debrief">
                <h2 id="debrief">{t("debrief.title")}</h2>
                <p class="small soft">{t("debrief.lead")}</p>
                <div class="choices">
                  <a class={`button ${over ? "main" : ""}`} href={address("run", ticket.code, "debrief")}>
                    {t("debrief.open")}
                  </a>
                </div>
              </section>
            )}
            {desk && desk.here.turn > 0 && control.may("appoint") && <Records session={ticket.session} token={token} over={over} />}
            <section class="card slim stack tight" aria-labelledby="latest">
              <h2 id="latest">{t("side.latest")}</h2>
              {latest.length > 0 ? <Lines brief lines={latest} /> : <p class="small soft">{t("record.empty")}</p>}
            </section>
          </div>
        </div>
      </div>
    </Frame>
  );
}
