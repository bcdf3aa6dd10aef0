// The rounds before orders are passed for a seat that has nothing more to say in them.
import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { say } from "../state/notices";
import { NOT_YET, passing, type Onward } from "../state/onward";
import { shelf } from "../state/shelf";
import type { Table } from "../state/table";
import type { Desk } from "../wire/vocabulary";
import { t } from "../words";

/** What a seat said about the rounds before its orders, kept across a reload; they are passed while it stands. */
export function useOnward(table: Table, desk: Desk | null, ballots: number): Signal<Onward> {
  const name = `unipole:onward:${table.session}:${table.seat}`;
  const onward = useMemo(() => signal(shelf.read(name, NOT_YET)), [name]);
  const said = onward.value;
  useEffect(() => shelf.write(name, said), [name, said]);
  const bots = table.state.value?.seats.filter((seat) => seat.bot).map((seat) => seat.country);
  const now = desk && bots ? passing(desk, said, bots, ballots) : "none";
  useEffect(() => {
    if (now === "ask") {
      onward.value = NOT_YET;
      say(t("done.asked"));
    } else if (now === "pass") void table.refusalOf({ kind: "done" });
  }, [now, desk?.here.step]);
  return onward;
}
