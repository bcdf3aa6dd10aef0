// A figure of the world set by hand, and what was set so far: the log keeps what the rules had made of it.
import { useEffect, useState } from "preact/hooks";
import type { Table } from "../state/table";
import { freshId } from "../wire/fresh";
import { http } from "../wire/http";
import { known, number, t, word } from "../words";
import { Asking, type Desk, type Panel } from "./asking";

const FIRST = "approval";

export function Override({ table, token, control }: { table: Table; token: string; control: Desk }) {
  // Those with a name of their own are what a class speaks of; the others can be set by a program.
  const settable = control.panel?.settable.filter((one) => known("figure", one.figure)) ?? [];
  const [figure, setFigure] = useState(FIRST);
  const [at, setAt] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const places = settable.find((one) => one.figure === figure)?.places ?? [];
  const chosen = places.map((names, place) => (at[place] && names.includes(at[place] as string) ? (at[place] as string) : (names[0] ?? "")));
  const value = Number.parseFloat(typed.replace(",", "."));
  return (
    <Asking
      label={t("board.override")}
      disabled={!settable.length}
      control={control}
      wish={(reason) => (Number.isFinite(value) ? { act: "override", figure, at: chosen, value, reason, id: freshId() } : null)}
    >
      <label class="field">
        {t("board.figure")}
        <select
          value={figure}
          onChange={(event) => {
            setFigure(event.currentTarget.value);
            setAt([]);
          }}
        >
          {settable.map((one) => (
            <option key={one.figure} value={one.figure}>
              {word("figure", one.figure)}
            </option>
          ))}
        </select>
      </label>
      {places.map((names, place) => (
        <label key={place} class="field">
          {places.length > 1 ? t("board.of", { number: place + 1 }) : t("board.of_one")}
          <select value={chosen[place]} onChange={(event) => setAt(chosen.map((old, k) => (k === place ? event.currentTarget.value : old)))}>
            {names.map((name) => (
              <option key={name} value={name}>
                {table.names.value.get(name) ?? name}
              </option>
            ))}
          </select>
        </label>
      ))}
      <Now session={table.session} token={token} figure={figure} at={chosen.join(",")} />
      <label class="field">
        {t("board.value")}
        <input inputMode="decimal" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <p class="small soft">{t("board.override_lead")}</p>
    </Asking>
  );
}

/** The figure as it stands, and what its scale means. */
function Now({ session, token, figure, at }: { session: string; token: string; figure: string; at: string }) {
  const [found, setFound] = useState<Panel["asked"]>(null);
  useEffect(() => {
    let stale = false;
    setFound(null);
    http.panel(session, token, `?${new URLSearchParams({ figure, at })}`).then(
      ({ asked }) => !stale && setFound(asked),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [session, token, figure, at]);
  return (
    <p class="reading small" aria-live="polite">
      <span>
        {t("board.value_now")} <b class="figures">{found ? number(found.value, 4) : "…"}</b>
      </span>
      <span class="soft">{word("scale", figure)}</span>
    </p>
  );
}

/** What control did to figures, and what it has planned. */
export function Kept({ table, control }: { table: Table; control: Desk }) {
  const { panel } = control;
  if (!panel || panel.set.length + panel.planned.length === 0) return null;
  return (
    <section class="card slim stack tight">
      {panel.planned.length > 0 && <h3>{t("board.planned")}</h3>}
      {panel.planned.map((item) => (
        <p key={`${item.turn}${item.text}`} class="small">
          <b>{t("turn.number", { turn: item.turn })}</b>
          {item.to.length > 0 && ` → ${item.to.map((name) => table.names.value.get(name) ?? name).join(", ")}`}: {item.text}
        </p>
      ))}
      {panel.set.length > 0 && <h3>{t("board.set")}</h3>}
      {panel.set.map((item, place) => (
        <p key={place} class="small">
          <b>
            {word("figure", item.figure)} ({item.at.map((name) => table.names.value.get(name) ?? name).join(", ")})
          </b>
          : {t("board.set_as", { proposed: number(item.proposed, 4), value: number(item.value, 4) })} · {item.reason}
        </p>
      ))}
    </section>
  );
}
