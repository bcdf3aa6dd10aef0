// A seat: who one is, where the turn stands, and five places to look at.
import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { DebriefPlace } from "../debrief/place";
import { Announcement } from "../parts/announce";
import { Clock } from "../parts/clock";
import { Icon, type IconName } from "../parts/icons";
import { Looks } from "../parts/looks";
import { MotivePrompt } from "../parts/motive";
import { useOnward } from "../parts/onward";
import { Lines } from "../parts/record";
import { Steps } from "../parts/steps";
import { useTitle } from "../parts/title";
import { address, go, place } from "../router";
import { Drafts } from "../state/drafts";
import { Rooms } from "../state/rooms";
import { turnOver } from "../state/notices";
import { shelf } from "../state/shelf";
import { Table } from "../state/table";
import { Team } from "../state/team";
import { People } from "../parts/team";
import type { Desk } from "../wire/vocabulary";
import { t, tongueOf, turnName, word } from "../words";
import { ballotsOwed } from "../state/ballots";
import { Chamber } from "./chamber";
import { DeskPage } from "./desk";
import { Frame } from "./frame";
import { Guide } from "./guide";
import { ManualButton } from "./manual";
import { RecordPage } from "./report";
import { RolePage } from "./role";
import { TalkPage } from "./talk";
import { WorldPage } from "./world";

const TABS: IconName[] = ["desk", "talk", "chamber", "world", "role", "record"];
const LATEST = 14;

export function Play({ code }: { code: string }) {
  const ticket = shelf.ticket(code);
  if (!ticket?.seat || !ticket.country) {
    return (
      <Frame>
        <p class="empty">
          {t("play.no_seat")} <a href={address("join", code)}>{t("play.choose")}</a>
        </p>
      </Frame>
    );
  }
  return <Seated key={ticket.seat} session={ticket.session} country={ticket.country} token={ticket.seat} code={code} />;
}

interface SeatedProps {
  session: string;
  country: string;
  token: string;
  code: string;
}

function Seated({ session, country, token, code }: SeatedProps) {
  const table = useMemo(() => new Table(session, country, token), [session, token]);
  // The place is part of the address, so that a phone's way back leads to the place before and not out of the seat.
  const here = place.value;
  const tab = TABS.find((name) => "part" in here && here.part === name) ?? "desk";
  const look = (name: IconName) => go("play", code, name === "desk" ? "" : name);
  const drafts = useMemo(() => signal<Drafts | null>(null), [session]);
  const team = useMemo(() => new Team(session, country, token), [session, token]);
  const rooms = useMemo(() => new Rooms(table, team), [table]);
  useEffect(
    () => () => {
      team.close();
      rooms.close();
      drafts.value?.close();
      table.close();
    },
    [table],
  );
  const desk = table.desk.value;
  useEffect(() => turnOver(desk?.here.status === "over"), [desk?.here.step, desk?.here.status]);
  const onward = useOnward(table, desk, desk ? ballotsOwed(desk) : 0);
  if (drafts.value) drafts.value.me = team.mine.value;
  useEffect(() => {
    if (!desk) return;
    if (drafts.value === null) drafts.value = new Drafts(table, desk.here.turn);
    else drafts.value.turnTo(desk.here.turn);
  }, [desk?.here.turn]);

  if (table.gone.value) {
    return (
      <Frame>
        <p class="empty">
          {t("play.gone")} <a href={address("join", code)}>{t("play.choose")}</a>
        </p>
      </Frame>
    );
  }
  if (!desk || !drafts.value) return <p class="empty">{t("play.loading")}</p>;
  if ("part" in here && here.part === "debrief") {
    const opened = table.state.value?.opened ?? false;
    return (
      <Frame title={t("debrief.title")}>
        <DebriefPlace table={table} token={token} open={opened ? ["public", "own", "all"] : ["public", "own"]} back={address("play", code)} />
      </Frame>
    );
  }
  const waiting = desk.offers.filter((offer) => offer.waits).length;
  const counts: Partial<Record<IconName, number>> = { desk: waiting, talk: rooms.unread.value, chamber: ballotsOwed(desk) };
  const tabs = TABS;
  return (
    <div class="play" data-step={desk.here.step}>
      <a class="skip" href="#main" onClick={skip}>
        {t("play.skip")}
      </a>
      <Masthead table={table} desk={desk} waits={Object.values(counts).reduce((sum, count) => sum + count, 0)} />
      <div class="board">
        <nav class="tabs" aria-label={t("play.places")}>
          {tabs.map((name) => (
            <button key={name} type="button" data-place={name} aria-current={tab === name ? "page" : undefined} onClick={() => look(name)}>
              <Icon name={name} />
              <span>{t(`tab.${name}`)}</span>
              {counts[name] ? (
                <span class="count">
                  {counts[name]}
                  <span class="hidden"> {t(name === "talk" ? "talk.unread" : "play.waiting")}</span>
                </span>
              ) : null}
            </button>
          ))}
        </nav>
        <main id="main" tabIndex={-1}>
          <Announcement table={table} />
          <Guide table={table} desk={desk} tab={tab} drafts={drafts.value} code={code} />
          <MotivePrompt table={table} desk={desk} />
          <Place name={tab} table={table} desk={desk} drafts={drafts.value} rooms={rooms} team={team} go={look} onward={onward} />
        </main>
        <aside class="side" aria-label={t("tab.record")}>
          <h3>{t("side.latest")}</h3>
          {table.lines.value.length ? <Lines brief lines={table.lines.value.slice(-LATEST).reverse()} /> : <p class="soft small">{t("record.empty")}</p>}
        </aside>
      </div>
    </div>
  );
}

function skip(event: Event): void {
  event.preventDefault(); // the address is the page's, so the jump is made by hand
  document.getElementById("main")?.focus();
}

interface PlaceProps {
  name: IconName;
  table: Table;
  desk: Desk;
  drafts: Drafts;
  rooms: Rooms;
  team: Team;
  go: (name: IconName) => void;
  onward: ReturnType<typeof useOnward>;
}

function Place({ name, onward, table, desk, drafts, rooms, team, go }: PlaceProps) {
  switch (name) {
    case "desk":
      return <DeskPage onward={onward} table={table} desk={desk} drafts={drafts} team={team} go={go} />;
    case "talk":
      return <TalkPage table={table} desk={desk} rooms={rooms} team={team} />;
    case "chamber":
      return <Chamber table={table} desk={desk} />;
    case "world":
      return <WorldPage desk={desk} />;
    case "role":
      return (
        <div class="stack wide">
          <RolePage table={table} desk={desk} onward={() => go("desk")} />
          <section class="card stack tight" aria-labelledby="team">
            <h3 id="team">{t("team.title")}</h3>
            <p class="small soft">{t("team.lead")}</p>
            <People team={team} />
          </section>
          <section class="card stack tight">
            <h3>{t("looks.title")}</h3>
            <Looks />
            <p class="small">
              <a href="#/">{t("play.leave")}</a>
            </p>
          </section>
        </div>
      );
    case "record":
      return <RecordPage table={table} desk={desk} />;
  }
}

function Masthead({ table, desk, waits }: { table: Table; desk: Desk; waits: number }) {
  const head = useRef<HTMLElement>(null);
  const [spoken, speak] = useState("");
  const { here } = desk;
  useEffect(() => {
    const measure = () => document.documentElement.style.setProperty("--masthead", `${head.current?.offsetHeight ?? 0}px`);
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, []);
  useEffect(() => speak(here.turn ? `${t("turn.number", { turn: here.turn })}: ${word("phase", here.phase)}` : ""), [here.step]);
  const me = desk.lands.find((land) => land.country === desk.viewer);
  const name = me?.name ?? desk.viewer;
  useTitle(here.status === "running" ? `${name}: ${word("phase", here.phase)}` : name, waits);
  const standing = table.connection.standing.value;
  return (
    <header class="masthead" ref={head}>
      {(standing === "waiting" || standing === "turned away") && (
        <p class="banner" role="alert">
          {standing === "waiting" ? t("play.reconnecting") : table.connection.refusedBecause.value || t("play.gone")}
        </p>
      )}
      <div class="inner">
        <div class="whoami">
          <strong>{name}</strong>
          <span class="small soft">
            {here.turn > 0 && <span>{turnName(here)} · </span>}
            <span lang={tongueOf(desk.title)}>{desk.title}</span>
          </span>
        </div>
        <div class="row">
          <ManualButton />
          <Clock dueAt={table.dueAt.value} status={here.status} />
        </div>
        <Steps here={here} />
      </div>
      <span class="hidden" aria-live="polite">
        {spoken}
      </span>
    </header>
  );
}
