// The seats of a session.  Looking takes nothing; a click takes a seat.
import { useEffect, useState } from "preact/hooks";
import { address, go } from "../router";
import { say } from "../state/notices";
import { language } from "../state/looks";
import { shelf } from "../state/shelf";
import { http, Refused } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t, tongueOf } from "../words";
import { Joining } from "./joining";
import { Frame } from "./frame";

type State = Vocabulary["PublicState"];
type Place = State["seats"][number];
const LOOK_MS = 2500;
const MANY = 30; // seats, beyond which nobody likes to look for one among them

/** Whether a seat is meant by what somebody types: a part of its name or of its letters. */
const meant = (seat: Place, sought: string) =>
  [seat.name, seat.country].some((word) => word.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase()));

export function Join({ code }: { code: string }) {
  const [state, setState] = useState<State | null>(null);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const [sought, setSought] = useState("");
  const mine = shelf.ticket(code);
  const shown = state?.seats.filter((seat) => meant(seat, sought)) ?? [];

  useEffect(() => {
    let over = false;
    let timer = 0;
    const look = async () => {
      try {
        const { session } = await http.find(code);
        const found = await http.state(session);
        if (over) return;
        setState(found);
        setFault("");
      } catch (error) {
        if (over) return;
        setFault((error as Error).message);
        if (error instanceof Refused && error.status === 404) return; // anything else passes
      }
      if (!over) timer = window.setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [code, language.value]);

  const take = async (country: string) => {
    if (!state) return;
    setBusy(true);
    try {
      const seat = await http.claim(state.session, country);
      shelf.keep(code, { session: seat.session, country, seat: seat.token });
      go("play", code, "role"); // whoever comes new reads first who they are
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      setBusy(false);
    }
  };

  return (
    <Frame title={state?.title ?? ""}>
      {fault && (
        <p class="empty">
          {fault} <a href="#/">{t("join.another")}</a>
        </p>
      )}
      {state && (
        <div class="join">
          <section class="stack head">
            <p class="row">
              <span class="code">{state.code.toUpperCase()}</span>
              <span class="tag">{t(`status.${state.status}` as "status.lobby")}</span>
            </p>
            <h1 lang={tongueOf(state.title)}>{state.title}</h1>
            {mine?.seat && (
              <p>
                <a class="button main" href={address("play", code)}>
                  {t("join.back", { country: state?.seats.find((seat) => seat.country === mine.country)?.name ?? mine.country ?? "" })}
                </a>
              </p>
            )}
            <p>{t(state.status === "over" ? "join.over" : "join.lead")}</p>
            {state.seats.length > MANY && (
              <label class="field">
                {t("join.find")}
                <input class="input" type="search" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
              </label>
            )}
          </section>
          <ul class="seats" aria-label={t("join.seats")}>
            {shown.length === 0 && <li class="empty">{t("join.none", { sought })}</li>}
            {shown.map((seat) => (
              <li key={seat.country} class="stack">
                <button type="button" class="seat" disabled={busy || seat.claimed} onClick={() => void take(seat.country)}>
                  <span class="letters">{seat.country}</span>
                  <span>{seat.name}</span>
                  {seat.claimed ? (
                    <span class="tag">{t("join.taken")}</span>
                  ) : (
                    <span class="tag act">{t(seat.bot && state.status !== "lobby" ? "join.free_ai" : "join.free")}</span>
                  )}
                </button>
              </li>
            ))}
          </ul>
          <p class="about" lang={tongueOf(state.summary)}>
            {state.summary}
          </p>
          <section class="stack others">
            <p class="small soft">{t("join.bots")}</p>
            <div class="row">
              <Joining state={state} code={code} />
              <a class="small" href={address("screen", code)}>
                {t("join.watch")}
              </a>
            </div>
          </section>
        </div>
      )}
    </Frame>
  );
}
