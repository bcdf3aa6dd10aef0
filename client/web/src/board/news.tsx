// Texts from control: news of the game, now or when a turn opens, and words to the people who play.
import { useState } from "preact/hooks";
import { freshId } from "../wire/fresh";
import type { Desk as Paper } from "../wire/vocabulary";
import { t } from "../words";
import { Asking, type Desk } from "./asking";

const TEXT_MAX = 2000;

function Text({ value, change, label }: { value: string; change: (value: string) => void; label: string }) {
  return (
    <label class="field">
      {label}
      <textarea class="input" rows={3} maxLength={TEXT_MAX} value={value} onInput={(event) => change(event.currentTarget.value)} />
    </label>
  );
}

/** A word to those who play: all, or one seat. */
export function Speak({ label, title, to, control }: { label: string; title?: string; to?: string; control: Desk }) {
  const [text, setText] = useState("");
  return (
    <Asking
      label={label}
      title={title ?? label}
      style={to ? "slim" : ""}
      reason={false}
      control={control}
      wish={() => (text.trim() ? { act: "broadcast", text: text.trim(), to: to ? [to] : [], id: freshId() } : null)}
    >
      <Text value={text} change={setText} label={t("board.text")} />
      <p class="small soft">{t(to ? "board.word_lead" : "board.broadcast_lead")}</p>
    </Asking>
  );
}

/** News of the game. */
export function Inject({ desk, control }: { desk: Paper; control: Desk }) {
  const [text, setText] = useState("");
  const [turn, setTurn] = useState(0);
  const [to, setTo] = useState<string[]>([]);
  const later = Array.from({ length: desk.here.turns - desk.here.turn }, (_, k) => desk.here.turn + 1 + k);
  return (
    <Asking
      label={t("board.inject")}
      control={control}
      wish={(reason) => (text.trim() ? { act: "inject", text: text.trim(), to, turn: turn || null, reason, id: freshId() } : null)}
    >
      <Text value={text} change={setText} label={t("board.news_text")} />
      <label class="field">
        {t("board.when")}
        <select value={String(turn)} onChange={(event) => setTurn(Number(event.currentTarget.value))}>
          <option value="0">{t("board.now")}</option>
          {later.map((one) => (
            <option key={one} value={String(one)}>
              {t("board.as_opens", { turn: one })}
            </option>
          ))}
        </select>
      </label>
      <details class="small">
        <summary>{to.length ? t("board.to_some", { count: to.length }) : t("board.to_all")}</summary>
        <div class="row">
          {desk.lands.map((land) => (
            <label key={land.country} class="check">
              <input
                type="checkbox"
                checked={to.includes(land.country)}
                onChange={(event) => setTo(event.currentTarget.checked ? [...to, land.country] : to.filter((other) => other !== land.country))}
              />
              <span>{land.name}</span>
            </label>
          ))}
        </div>
      </details>
    </Asking>
  );
}
