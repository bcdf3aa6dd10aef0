// Choices that the server offers: each button sends its act as it came.
import { useState } from "preact/hooks";
import type { Table } from "../state/table";
import type { Option, SeatAct } from "../wire/vocabulary";
import { say } from "../state/notices";
import { t } from "../words";
import { Told, Worth } from "./basics";

/** Sends acts and says how it went; while an answer is awaited nothing more is sent.  Buttons stay enabled, so that they keep the focus. */
export function useSending(table: Table): { busy: boolean; send: (act: SeatAct, done: string) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const send = async (act: SeatAct, done: string) => {
    if (busy) return false;
    setBusy(true);
    const accepted = await table.submit(act);
    setBusy(false);
    if (accepted) say(done, "good");
    return accepted;
  };
  return { busy, send };
}

/** Options as a list of lines, each with what can be expected of it. */
export function Choices({ table, options, take }: { table: Table; options: Option[]; take?: (option: Option) => void }) {
  const { busy, send } = useSending(table);
  return (
    <div class="pick">
      {options.map((option) => (
        <button
          key={JSON.stringify(option.act)}
          type="button"
          class="button"
          aria-disabled={busy}
          onClick={() => (take ? take(option) : void send(option.act, t("sent")))}
        >
          <Told>{option.text}</Told>
          <Worth value={option.worth} />
        </button>
      ))}
    </div>
  );
}

/** Orders of one sort, ready-made.  On a phone they are folded, so that one sees what there is before one scrolls. */
export function Group({ title, options, table, take }: { title: string; options: Option[]; table: Table; take: (act: Option["act"]) => void }) {
  const [open] = useState(() => window.matchMedia("(min-width: 760px)").matches);
  return (
    <details class="group" open={open}>
      <summary>
        <h3>
          <Told>{title}</Told>
        </h3>
        <span class="tag">{options.length}</span>
      </summary>
      <Choices table={table} options={options} take={(option) => take(option.act)} />
    </details>
  );
}
