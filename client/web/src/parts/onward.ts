// The rounds before orders are passed for a seat that has nothing more to say in them.
import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { say } from "../state/notices";
import { NOT_YET, passing, type Onward } from "../state/onward";
import { shelf } from "../state/shelf";
import type { Table } from "../state/table";
import type { Desk } from "../wire/vocabulary";
import { t } from "../words";

/** So long a round is heard before it is passed: bots make their offers as it opens, and would find nobody. */
const HEARING_MS = 2500;

/** What a seat said about the rounds before its orders, kept across a reload; they are passed while it stands. */
export function useOnward(table: Table, desk: Desk | null, ballots: number): Signal<Onward> {
  const name = `unipole:onward:${table.session}:${table.seat}`;
  const onward = useMemo(() => signal(shelf.read(name, NOT_YET)), [name]);
  const said = onward.value;
  useEffect(() => shelf.write(name, said), [name, said]);
  const now = desk ? passing(desk, said, ballots) : "none";
  useEffect(() => {
    if (now === "ask") {
      onward.value = NOT_YET;
      say(t("done.asked"));
    } else if (now === "pass") {
      const timer = window.setTimeout(() => void table.refusalOf({ kind: "done" }), HEARING_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [now, desk?.here.step]);
  return onward;
}
