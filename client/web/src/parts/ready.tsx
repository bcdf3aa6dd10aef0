// How many of the people at a session are ready, as everybody may know.
import type { Table } from "../state/table";
import type { Desk } from "../wire/vocabulary";
import { t } from "../words";

/** Of seats that people hold and at which somebody is: how many there are, how many are ready, and whether the open step waits for them. */
export function readiness(table: Table, here: Desk["here"] | undefined): { people: number; ready: number; waits: boolean } {
  const held = table.state.value?.seats.filter((seat) => seat.claimed && !seat.away) ?? [];
  const ready = held.filter((seat) => here?.done.includes(seat.country)).length;
  return { people: held.length, ready, waits: here?.status === "running" && here.open.includes("done") };
}

export function Ready({ table, here }: { table: Table; here: Desk["here"] | undefined }) {
  const { people, ready, waits } = readiness(table, here);
  if (!waits || !people) return null;
  return <span class={`tag ${ready === people ? "ally" : "act"}`}>{t("board.ready", { count: ready, seats: people })}</span>;
}
