// What a seat says when it has nothing to add: for this round, or for all rounds up to its orders.
import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { ballotsOwed } from "../state/ballots";
import type { Drafts } from "../state/drafts";
import { say } from "../state/notices";
import { turned, type Onward } from "../state/onward";
import type { Table } from "../state/table";
import type { Desk } from "../wire/vocabulary";
import { t } from "../words";
import { useSending } from "./choices";
import { readiness } from "./ready";

export function Done({ onward, table, desk, drafts }: { onward: Signal<Onward>; table: Table; desk: Desk; drafts: Drafts }) {
  const { here } = desk;
  const { busy, send } = useSending(table);
  const { people, ready } = readiness(table, here);
  const done = here.done.includes(desk.viewer);
  const bots = table.state.value?.seats.filter((seat) => seat.bot).length ?? 0;
  const passes = onward.value.turn === here.turn;
  const unsent = here.phase === "orders" ? drafts.orders.value.length : 0;
  const uncast = ballotsOwed(desk);
  const [told, tell] = useState(""); // the step in which it was said that a ballot is not cast
  // What lies on the sheet and was not sent would be forgotten when the step closes; not to vote may be meant, so that is asked once.
  const sayDone = () => {
    if (done) return;
    if (unsent) {
      say(t("done.unsent", { count: unsent }), "bad");
      document.getElementById("send")?.focus();
    } else if (uncast && told !== here.step) {
      tell(here.step);
      say(t("done.uncast", { count: uncast }), "bad");
    } else void send({ kind: "done" }, t("done.sent"));
  };
  return (
    <div class="ways">
      <div class="way">
        <button type="button" class="button" aria-disabled={busy || done} aria-pressed={done} aria-describedby="done-means" onClick={sayDone}>
          {done ? `✓ ${t("done.is")}` : t("done.say")}
        </button>
        <span id="done-means" class="small soft">
          {t(done ? "done.wait" : here.phase === "orders" ? "done.means_orders" : "done.means")}
        </span>
      </div>
      {here.phase !== "orders" && (
        <div class="way">
          <button type="button" class="button" aria-pressed={passes} aria-describedby="onward-means" onClick={() => (onward.value = turned(onward.value, desk))}>
            {passes ? `✓ ${t("done.onward")}` : t("done.onward")}
          </button>
          <span id="onward-means" class="small soft">
            {t(passes ? "done.onward_on" : "done.onward_means")}
          </span>
        </div>
      )}
      <p class="small soft">
        {t("done.count", { count: ready, seats: people })}
        {bots > 0 && ` · ${t("done.bots", { count: bots })}`}
      </p>
    </div>
  );
}
