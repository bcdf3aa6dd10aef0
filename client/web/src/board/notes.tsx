// What the white cell has seen, for the hot wash: each note with the objective that it bears on, by day.
import { useEffect, useState } from "preact/hooks";
import { language } from "../state/looks";
import { say } from "../state/notices";
import type { Heard } from "../state/rooms";
import { freshId } from "../wire/fresh";
import { http } from "../wire/http";
import { t, tongueOf } from "../words";

const LOOK_MS = 5000;
const TEXT_MAX = 2000;

export function Notes({ session, token }: { session: string; token: string }) {
  const [notes, setNotes] = useState<Heard[]>([]);
  const [since, setSince] = useState(0);
  const [text, setText] = useState("");
  const [about, setAbout] = useState("");
  const look = async () => {
    const { heard } = await http.hear(session, token, since).catch(() => ({ heard: [] as Heard[] }));
    const last = heard.at(-1);
    if (!last) return;
    setNotes((known) => [...known, ...heard.filter((one) => one.asks === "note" && !known.some((other) => other.message === one.message))]);
    setSince(last.number);
  };
  useEffect(() => {
    void look();
    const timer = window.setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [session, token, since]);
  const keep = async (event: Event) => {
    event.preventDefault();
    try {
      await http.note(session, token, freshId(), text.trim(), about.trim());
      setText("");
      await look();
    } catch (error) {
      say((error as Error).message, "bad");
    }
  };
  const days = [...new Set(notes.map(dayOf))].reverse();
  return (
    <details class="card slim cell">
      <summary>
        <h2>{t("notes.title", { count: notes.length })}</h2>
      </summary>
      <form class="stack tight" onSubmit={(event) => void keep(event)}>
        <p class="small soft">{t("notes.lead")}</p>
        <label class="field">
          {t("notes.about")}
          <input value={about} maxLength={100} onInput={(event) => setAbout(event.currentTarget.value)} />
        </label>
        <label class="field">
          {t("notes.text")}
          <textarea class="input" rows={2} maxLength={TEXT_MAX} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <div class="choices">
          <button class="button slim main" disabled={!text.trim()}>
            {t("team.keep")}
          </button>
        </div>
      </form>
      {days.map((day) => (
        <section key={day} class="stack tight">
          <h3>{day}</h3>
          <ul class="stack tight">
            {notes
              .filter((one) => dayOf(one) === day)
              .map((one) => (
                <li key={one.message} lang={tongueOf(one.text)}>
                  {one.about && <b>{one.about}: </b>}
                  {one.text}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </details>
  );
}

const dayOf = (note: Heard): string => new Date(note.at_ms).toLocaleDateString(language.value, { weekday: "long", day: "numeric", month: "long" });
