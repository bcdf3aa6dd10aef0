// Who sits where, who is ready, and what can be done for a seat.
import { say } from "../state/notices";
import { Ready, readiness } from "../parts/ready";
import type { Table } from "../state/table";
import { freshId } from "../wire/fresh";
import type { Desk as Paper, Vocabulary } from "../wire/vocabulary";
import { t } from "../words";
import { Asking, type Desk } from "./asking";
import { Speak } from "./news";
import { Sitting } from "./people";

type Seat = Vocabulary["PublicState"]["seats"][number];

export function Seats({ table, token, here, control }: { table: Table; token: string; here: Paper["here"] | undefined; control: Desk }) {
  const seats = table.state.value?.seats ?? [];
  const people = seats.filter((seat) => seat.claimed);
  const { waits } = readiness(table, here);
  return (
    <section class="stack" aria-labelledby="seats">
      <div class="row apart">
        <h2 id="seats">{t("run.seats", { count: people.length, seats: seats.length })}</h2>
        <Ready table={table} here={here} />
      </div>
      <ul class="seats board-seats">
        {seats.map((seat) => (
          <Row key={seat.country} session={table.session} token={token} seat={seat} done={here?.done.includes(seat.country) ?? false} waits={waits} control={control} />
        ))}
      </ul>
    </section>
  );
}

function Row({ session, token, seat, done, waits, control }: { session: string; token: string; seat: Seat; done: boolean; waits: boolean; control: Desk }) {
  const name = seat.name;
  const stand_in = control.panel?.stand_ins.includes(seat.country) ?? false;
  const gone = seat.claimed && seat.away && !done;
  const slow = waits && seat.claimed && !done && !gone;
  const nudge = async () => {
    if (await control.act({ act: "broadcast", text: t("board.nudge_text"), to: [seat.country], id: freshId() })) say(t("board.nudged", { who: seat.within }), "good");
  };
  return (
    <li class={`card slim stack tight seatcard ${slow ? "waiting" : ""}`}>
      <div class="row">
        <b>{name}</b>
        {seat.claimed ? <span class="tag act">{t("run.person")}</span> : stand_in || seat.bot ? <span class="tag ai">{t("ai")}</span> : <span class="tag">{t("join.free")}</span>}
      </div>
      {waits && (done || seat.claimed) && (
        <div class="row apart">
          <span class={`small ${done ? "" : "soft"}`}>{done ? `✓ ${t("run.done")}` : gone ? `○ ${t("board.away")}` : `… ${t("board.thinking")}`}</span>
          {slow && control.may("inject") && (
            <button type="button" class="button quiet slim" aria-label={`${t("board.nudge")}: ${name}`} onClick={() => void nudge()}>
              {t("board.nudge")}
            </button>
          )}
        </div>
      )}
      {seat.claimed && control.may("seats") && <Sitting session={session} country={seat.country} token={token} name={name} />}
      {control.may("inject") && <details class="small more">
        <summary aria-label={`${t("board.more_for")}: ${name}`} title={t("board.more_for")}>
          <span aria-hidden="true">⋯</span>
        </summary>
        <div class="choices">
          <Speak label={t("board.word")} title={`${t("board.word")}: ${name}`} to={seat.country} control={control} />
          {!control.may("seats") || (seat.bot && !seat.claimed && !stand_in) ? null : stand_in ? (
            <Asking label={t("board.to_person")} title={`${t("board.to_person")}: ${name}`} style="slim" control={control} wish={(reason) => ({ act: "replace", country: seat.country, by: "person", reason, id: freshId() })} />
          ) : (
            <Asking label={t("board.to_bot")} title={`${t("board.to_bot")}: ${name}`} style="slim" control={control} wish={(reason) => ({ act: "replace", country: seat.country, by: "bot", reason, id: freshId() })} />
          )}
          {seat.claimed && control.may("seats") && (
            <Asking label={t("board.free")} title={`${t("board.free")}: ${name}`} style="slim" control={control} wish={(reason) => ({ act: "kick", country: seat.country, reason, id: freshId() })} />
          )}
        </div>
      </details>}
    </li>
  );
}
