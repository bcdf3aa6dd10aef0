// What if one ballot had been another: bots play on from there, many times, and the opened debrief shows what came of it.
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../parts/basics";
import { say } from "../state/notices";
import type { Table } from "../state/table";
import { http } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t, word } from "../words";
import type { RollCall } from "./paper";

const CHOICES = ["yes", "no", "abstain"];
const GAMES = [20, 50, 100, 200];
const LOOK_MS = 1000;

type Playing = NonNullable<Vocabulary["WhatIfs"]["playing"]>;

interface Props {
  table: Table;
  token: string;
  /** The roll call that is asked about. */
  about: RollCall | null;
  close: () => void;
  played: () => void;
}

export function WhatIf({ table, token, about, close, played }: Props) {
  const members = new Set(about?.members);
  const lands = (table.desk.value?.lands ?? []).filter((land) => members.has(land.country));
  const [country, setCountry] = useState("");
  const [choice, setChoice] = useState("no");
  const [games, setGames] = useState(50);
  const playing = usePlaying(table, token);
  const who = members.has(country) ? country : (lands[0]?.country ?? "");
  const go = async () => {
    if (!about) return;
    playing.watch();
    close();
    try {
      const found = await http.whatIf(table.session, token, { event: about.place, act: `${who} ${choice}`, games });
      say(t("what_if.done", { change: found.change, count: found.games }), "good");
      played();
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      playing.rest();
    }
  };
  return (
    <>
      {playing.now && (
        <label class="row small">
          {t("what_if.playing", { done: playing.now.done, games: playing.now.games })}
          <progress value={playing.now.done} max={playing.now.games} />
        </label>
      )}
      <Dialog
        title={t("what_if.title")}
        open={about !== null}
        onClose={close}
        bottom={
          <button type="button" class="button main" disabled={playing.now !== null} onClick={() => void go()}>
            {t("what_if.play")}
          </button>
        }
      >
        <div class="stack">
          <p>{about?.title}</p>
          <Choice label={t("what_if.who")} value={who} change={setCountry} options={lands.map((land) => [land.country, land.name])} />
          <Choice label={t("what_if.votes")} value={choice} change={setChoice} options={CHOICES.map((one) => [one, word("side", one)])} />
          <Choice label={t("what_if.games")} value={String(games)} change={(value) => setGames(Number(value))} options={GAMES.map((count) => [String(count), String(count)])} />
          <p class="small soft">{t("what_if.lead")}</p>
        </div>
      </Dialog>
    </>
  );
}

function Choice({ label, value, change, options }: { label: string; value: string; change: (value: string) => void; options: [string, string][] }) {
  return (
    <label class="field">
      {label}
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** How far a what-if has come, asked for as long as one is being played; one that was begun before a reload is found again. */
function usePlaying(table: Table, token: string) {
  const [now, setNow] = useState<Playing | null>(null);
  const [watching, watch] = useState(true);
  useEffect(() => {
    if (!watching) return;
    const look = () =>
      http.whatIfs(table.session, token).then(
        ({ playing }) => {
          setNow(playing);
          if (!playing) watch(false);
        },
        () => undefined,
      );
    const timer = window.setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [watching, table, token]);
  return { now, watch: () => watch(true), rest: () => setNow(null) };
}
