// Rooms: what the people of seats say to each other, in words that bind nobody.
import { useEffect, useRef, useState } from "preact/hooks";
import { named, within } from "../builder/fields";
import { Dialog } from "../parts/basics";
import type { Heard, Room, Rooms } from "../state/rooms";
import type { Table } from "../state/table";
import type { Team } from "../state/team";
import { Present } from "../parts/team";
import { freshId } from "../wire/fresh";
import type { Asks } from "../wire/http";
import type { Desk } from "../wire/vocabulary";
import { language } from "../state/looks";
import { listed, number, t, tongueOf } from "../words";

const TEXT_MAX = 2000;
const SCARCE = 200;
const ASKS: Asks[] = ["", "information", "action", "ruling"];

interface Props {
  table: Table;
  desk: Desk;
  rooms: Rooms;
  team: Team;
}

export function TalkPage({ table, desk, rooms, team }: Props) {
  const [opening, setOpening] = useState(false);
  const { chosen } = rooms;
  const room = rooms.rooms.value.get(chosen.value);
  const policy = rooms.policy.value;
  return (
    <div class="stack wide">
      <section class="lead">
        <h1>{t("tab.talk")}</h1>
        <p class="soft">{t("talk.lead")}</p>
        {policy && <p class="small row">{hearers(policy).map((line) => <span key={line}>{line}</span>)}</p>}
      </section>
      <div class={`rooms ${room ? "inside" : ""}`}>
        <nav class="stack tight roomlist" aria-label={t("talk.rooms")}>
          {policy?.talk !== "off" && (
            <button type="button" class="button main" onClick={() => setOpening(true)}>
              {t("talk.open")}
            </button>
          )}
          <ul class="stack tight">
            {[...rooms.rooms.value].map(([name, one]) => (
              <li key={name}>
                <button type="button" class="button room" aria-current={name === chosen.value ? "true" : undefined} onClick={() => (chosen.value = name)}>
                  <span>{titleOf(desk, one)}</span>
                  {one.unread > 0 && (
                    <span class="count">
                      {one.unread}
                      <span class="hidden"> {t("talk.unread")}</span>
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        {room ? <Inside key={chosen.value} table={table} desk={desk} rooms={rooms} team={team} name={chosen.value} room={room} /> : <p class="empty beside">{t("talk.choose")}</p>}
      </div>
      <Opening desk={desk} table={table} open={opening} close={() => setOpening(false)} start={(others) => rooms.open(others)} />
    </div>
  );
}

/** Who hears besides those in a room. */
function hearers({ talk, overheard }: { talk: string; overheard: boolean }): string[] {
  const held = talk === "moderated" ? [t("talk.moderated")] : [];
  return [...held, t(overheard ? "talk.overheard" : "talk.private")];
}

function titleOf(desk: Desk, room: Room): string {
  const others = room.members.filter((member) => member !== desk.viewer);
  return others.length ? listed(others.map((member) => named(desk, member))) : t("talk.team");
}

/** The seats among these that a bot plays. */
function botsAmong(table: Table, members: string[]): string[] {
  return (table.state.value?.seats ?? []).filter((seat) => seat.bot && members.includes(seat.country)).map((seat) => seat.country);
}

function Inside({ table, desk, rooms, team, name, room }: Props & { name: string; room: Room }) {
  const bots = botsAmong(table, room.members);
  const box = useRef<HTMLDivElement>(null);
  const count = room.messages.length;
  useEffect(() => void table.lookAround(), [name]);
  useEffect(() => {
    rooms.seen(name);
    box.current?.scrollTo(0, box.current.scrollHeight);
  }, [name, count]);
  return (
    <section class="card stack tight talk" aria-labelledby="room">
      <div class="row apart">
        <h2 id="room">{titleOf(desk, room)}</h2>
        <button type="button" class="button quiet slim back" onClick={() => (rooms.chosen.value = "")}>
          ‹ {t("talk.rooms")}
        </button>
      </div>
      <Present team={team} />
      {bots.length > 0 && (
        <p class="small">
          <span class="tag ai">{t("ai")}</span> {t("talk.bots", { who: within(desk, ...bots), count: bots.length })}
        </p>
      )}
      <div class="messages" ref={box} role="log" tabIndex={0} aria-label={t("talk.said_in", { room: titleOf(desk, room) })}>
        {count === 0 && <p class="soft small">{t(room.members.length > 1 ? "talk.empty" : "talk.empty_team")}</p>}
        {room.messages.map((message) => (
          <Message key={message.message} desk={desk} team={team} message={message} />
        ))}
      </div>
      <Writing rooms={rooms} name={name} room={room} />
    </section>
  );
}

function Message({ desk, team, message }: { desk: Desk; team: Team; message: Heard }) {
  // Of one's own people it is told who wrote; other seats hear the seat alone.
  const mate = message.device !== null && message.device !== team.mine.value;
  const mine = message.author === desk.viewer && !mate;
  const at = new Date(message.at_ms);
  return (
    <article class={`message ${mine ? "mine" : ""} ${message.status}`}>
      <p class="tiny soft row">
        <b>{named(desk, message.author) + (mate ? ` · ${team.nameOf(message.device ?? "")}` : "")}</b>
        <time dateTime={at.toISOString()}>{at.toLocaleTimeString(language.value, { hour: "numeric", minute: "2-digit" })}</time>
        {message.asks !== "" && <span class="tag act">{t(`asks.${message.asks}`)}</span>}
        {message.asks !== "" ? <span class={`tag ${message.status === "withheld" ? "opponent" : ""}`}>{t(`asks.status.${message.status}`)}</span> : message.status !== "said" && <span class={`tag ${message.status === "held" ? "act" : "opponent"}`}>{t(`talk.status.${message.status}`)}</span>}
      </p>
      <p class="words" lang={tongueOf(message.text)}>
        {message.text}
      </p>
      {message.asks !== "" && message.status === "said" && <p class="answer">{t("asks.answer", { answer: message.reason })}</p>}
      {message.status === "withheld" && message.reason && <p class="small alarm">{t("talk.reason", { reason: message.reason })}</p>}
    </article>
  );
}

/** Where one writes: what is not sent stays on this device, and what was refused stays in the field. */
function Writing({ rooms, name, room }: { rooms: Rooms; name: string; room: Room }) {
  const [unsent, setUnsent] = useState(() => rooms.unsent(name));
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const [wish, setWish] = useState<Asks>("");
  const silent = rooms.policy.value?.talk === "off";
  const own = room.members.length === 1;
  const asks: Asks = !own ? "" : silent && !wish ? "information" : wish;
  const field = useRef<HTMLTextAreaElement>(null);
  const left = TEXT_MAX - unsent.text.length;
  const write = (text: string) => {
    // Another text is another message: only the same words go out again under the same id.
    const next = { id: freshId(), text };
    setUnsent(next);
    rooms.keep(name, next);
    setFault("");
  };
  const send = async () => {
    const text = unsent.text.trim();
    if (busy || !text) return;
    setBusy(true);
    const refusal = await rooms.say(room.members, text, unsent.id, asks);
    setBusy(false);
    if (refusal) setFault(refusal);
    else {
      write("");
      setWish("");
    }
    field.current?.focus();
  };
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {own && (
        <label class="field">
          {t("asks.to")}
          <select value={asks} onChange={(event) => setWish(event.currentTarget.value as Asks)}>
            {ASKS.filter((one) => one !== "" || !silent).map((one) => (
              <option key={one} value={one}>
                {one === "" ? t("asks.ourselves") : t("asks.cell", { what: t(`asks.${one}`) })}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        {t("talk.say")}
        <textarea
          class="input"
          ref={field}
          rows={3}
          maxLength={TEXT_MAX}
          value={unsent.text}
          aria-invalid={fault !== ""}
          aria-describedby="talk-left talk-fault"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
      </label>
      <p id="talk-fault" class="alarm" role="alert">
        {fault}
      </p>
      <div class="row apart">
        <span id="talk-left" class={`tiny ${left < SCARCE ? "alarm" : "soft"}`}>
          {t("talk.left", { count: left, shown: number(left, 4) })}
        </span>
        <button class="button main" aria-disabled={busy}>
          {t("talk.send")}
        </button>
      </div>
    </form>
  );
}

function Opening({ desk, table, open, close, start }: { desk: Desk; table: Table; open: boolean; close: () => void; start: (others: string[]) => void }) {
  const [others, setOthers] = useState<string[]>([]);
  const lands = desk.lands.filter((land) => land.country !== desk.viewer);
  const bots = botsAmong(table, lands.map((land) => land.country));
  useEffect(() => void (open && table.lookAround()), [open]);
  const enter = () => {
    start(others);
    setOthers([]);
    close();
  };
  return (
    <Dialog
      title={t("talk.open")}
      open={open}
      onClose={close}
      bottom={
        <button type="button" class="button main" disabled={!others.length} onClick={enter}>
          {t("talk.enter")}
        </button>
      }
    >
      <div class="stack">
        <p class="soft">{t("talk.open_lead")}</p>
        <ul class="tiles slim">
          {lands.map(({ country }) => (
            <li key={country}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={others.includes(country)}
                  onChange={(event) => setOthers(event.currentTarget.checked ? [...others, country] : others.filter((other) => other !== country))}
                />
                <span>{named(desk, country)}</span>
                {bots.includes(country) && <span class="tag ai">{t("ai")}</span>}
              </label>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
