// What seats ask of the white cell: what waits longest comes first; an answer goes to whoever asked, or to everybody.
import { useEffect, useState } from "preact/hooks";
import type { Heard } from "../state/rooms";
import type { Table } from "../state/table";
import type { Told } from "../wire/http";
import { capital, t, tongueOf } from "../words";
import type { Rule } from "./talk";

const TEXT_MAX = 2000;
const MINUTE_MS = 60_000;
const TOLD: Told[] = ["asker", "everybody", "news"];

export function Requests({ table, requests, rule }: { table: Table; requests: Heard[]; rule: Rule }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  if (!requests.length) return null;
  const waiting = requests.filter((one) => one.status === "held");
  const name = (country: string) => table.within.value.get(country) ?? country;
  const settled = requests.filter((one) => one.status !== "held").reverse();
  return (
    <section class="card stack tight requests" aria-labelledby="requests">
      <div class="row apart">
        <h2 id="requests">{t("requests.title")}</h2>
        {waiting.length > 0 && <span class="tag opponent">{waiting.length}</span>}
      </div>
      {waiting.length === 0 && <p class="soft">{t("requests.none")}</p>}
      <ul class="stack tight" aria-live="polite">
        {waiting.map((one) => (
          <Waiting key={one.message} who={name(one.author)} request={one} minutes={Math.max(0, Math.floor((now - one.at_ms) / MINUTE_MS))} rule={rule} />
        ))}
      </ul>
      {settled.length > 0 && (
        <details class="small">
          <summary>{t("requests.settled", { count: settled.length })}</summary>
          <ul class="stack tight">
            {settled.map((one) => (
              <li key={one.message} class={`message ${one.status}`}>
                <p class="tiny soft">
                  <b>{capital(name(one.author))}</b> · {t(`asks.${one.asks as "ruling"}`)} · {t(`asks.status.${one.status}`)}
                </p>
                <p class="words">{one.text}</p>
                <p>{one.reason}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Waiting({ who, request, minutes, rule }: { who: string; request: Heard; minutes: number; rule: Rule }) {
  const [text, setText] = useState("");
  const [told, setTold] = useState<Told>("asker");
  const [busy, setBusy] = useState(false);
  const settle = async (passes: boolean) => {
    setBusy(true);
    await rule(request.message, passes, text.trim(), passes ? told : "asker");
    setBusy(false);
  };
  const empty = busy || !text.trim();
  const role = request.addressee ? ` · ${t(`post.${request.addressee as "director"}`)}` : "";
  return (
    <li class="message held stack tight">
      <p class="tiny soft">
        <b>{capital(who)}</b> · {t(`asks.${request.asks as "ruling"}`)}
        {role} · {t("requests.age", { count: minutes })}
      </p>
      <p class="words" lang={tongueOf(request.text)}>
        {request.text}
      </p>
      <label class="field">
        {t("requests.answer", { who })}
        <textarea class="input" rows={2} maxLength={TEXT_MAX} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label class="field">
        {t("requests.told")}
        <select value={told} onChange={(event) => setTold(event.currentTarget.value as Told)}>
          {TOLD.map((one) => (
            <option key={one} value={one}>
              {t(`requests.told.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div class="choices">
        <button type="button" class="button slim main" disabled={empty} onClick={() => void settle(true)}>
          {t("requests.send")}
        </button>
        <button type="button" class="button slim" disabled={empty} onClick={() => void settle(false)}>
          {t("requests.decline")}
        </button>
      </div>
    </li>
  );
}
