// What seats say to each other, as far as control hears it: messages that wait for a nod, and whole rooms where everybody was told so.
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../parts/basics";
import { say } from "../state/notices";
import { type Heard, settled } from "../state/rooms";
import type { Table } from "../state/table";
import { http, type Told } from "../wire/http";
import { listed, t, tongueOf } from "../words";
import { Requests } from "./requests";

const LOOK_MS = 2500;
const LATEST = 30;

export type Rule = (message: string, passes: boolean, reason: string, told?: Told) => Promise<boolean>;

/** What control hears; the rest of what was said never comes here. */
function useHearing(session: string, token: string, listening: boolean): [heard: Heard[], rule: Rule] {
  const [heard, setHeard] = useState<Heard[]>([]);
  const since = heard.at(-1)?.number ?? 0;
  const take = (more: Heard[]) => setHeard((known) => [...known, ...more.filter((one) => one.number > (known.at(-1)?.number ?? 0))]);
  useEffect(() => {
    if (!listening) return undefined;
    const look = () => http.hear(session, token, since).then((now) => take(now.heard), () => undefined);
    void look();
    const timer = window.setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [session, token, listening, since]);
  const rule: Rule = async (message, passes, reason, told) => {
    try {
      await http.rule(session, token, message, passes, reason, told);
      take((await http.hear(session, token, since)).heard);
      return true;
    } catch (error) {
      say((error as Error).message, "bad");
      return false;
    }
  };
  return [heard, rule];
}

export function Hearing({ table, token }: { table: Table; token: string }) {
  const state = table.state.value;
  const moderated = state?.talk === "moderated";
  const [heard, rule] = useHearing(table.session, token, true);
  const messages = settled(heard);
  const waiting = messages.filter((one) => one.status === "held" && !one.asks);
  return (
    <>
      <Requests table={table} requests={messages.filter((one) => one.asks !== "" && one.asks !== "note")} rule={rule} />
      {moderated && (
        <section class="card stack tight" aria-labelledby="waiting">
          <div class="row apart">
            <h2 id="waiting">{t("board.talk")}</h2>
            {waiting.length > 0 && <span class="tag opponent">{waiting.length}</span>}
          </div>
          {waiting.length === 0 && <p class="soft">{t("board.talk_none")}</p>}
          <ul class="stack tight" aria-live="polite">
            {waiting.map((one) => (
              <li key={one.message} class="message held">
                <Words table={table} message={one} />
                <div class="choices">
                  <button type="button" class="button slim main" onClick={() => void rule(one.message, true, "")}>
                    {t("board.pass")}
                  </button>
                  <Withhold rule={(reason) => rule(one.message, false, reason)} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {state?.overheard && (
        <section class="card stack tight" aria-labelledby="said">
          <h2 id="said">{t("board.rooms")}</h2>
          <p class="small soft">{t("board.rooms_lead")}</p>
          <div class="messages" role="log" tabIndex={0} aria-label={t("board.rooms")}>
            {messages.filter((one) => !one.asks).slice(-LATEST).map((one) => (
              <article key={one.message} class={`message ${one.status}`}>
                <Words table={table} message={one} />
              </article>
            ))}
          </div>
        </section>
      )}
    </>
  );
}

function Words({ table, message }: { table: Table; message: Heard }) {
  const name = (country: string) => table.within.value.get(country) ?? country;
  const others = message.room.filter((member) => member !== message.author);
  return (
    <>
      <p class="tiny soft">
        <b>{t("board.talk_from", { who: name(message.author), room: others.length ? listed(others.map(name)) : t("talk.team") })}</b>
      </p>
      <p class="words" lang={tongueOf(message.text)}>
        {message.text}
      </p>
    </>
  );
}

/** The reason is for the author, who reads it; so there has to be one. */
function Withhold({ rule }: { rule: (reason: string) => Promise<boolean> }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const go = async () => {
    if (await rule(reason.trim())) setOpen(false);
  };
  return (
    <>
      <button type="button" class="button slim" onClick={() => setOpen(true)}>
        {t("board.withhold")}
      </button>
      <Dialog
        title={t("board.withhold")}
        open={open}
        onClose={() => setOpen(false)}
        bottom={
          <button type="button" class="button main" disabled={!reason.trim()} onClick={() => void go()}>
            {t("board.go")}
          </button>
        }
      >
        <div class="stack tight">
          <p class="soft">{t("board.withhold_lead")}</p>
          <label class="field">
            {t("board.talk_reason")}
            <input value={reason} maxLength={400} onInput={(event) => setReason(event.currentTarget.value)} />
          </label>
        </div>
      </Dialog>
    </>
  );
}
