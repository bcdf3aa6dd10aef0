// The clock of the class: opening, a practice turn, pause, more time, the end of a step, and the way back.
import { useState } from "preact/hooks";
import { Clock } from "../parts/clock";
import { readiness } from "../parts/ready";
import { Steps } from "../parts/steps";
import { language } from "../state/looks";
import type { Table } from "../state/table";
import { freshId } from "../wire/fresh";
import type { Desk as Paper } from "../wire/vocabulary";
import { listed, t, turnName, word } from "../words";
import { Asking, type Desk } from "./asking";
import { postName } from "./posts";

const MINUTES = [1, 2, 5];

export function ClockCard({ table, here, control }: { table: Table; here: Paper["here"]; control: Desk }) {
  const { busy, act, panel } = control;
  const rounds = here.rounds > 1 ? ` ${here.round}/${here.rounds}` : "";
  const title = here.turn ? `${turnName(here)} · ${word("phase", here.phase)}${rounds}` : t(here.status === "over" ? "status.over" : "lead.title.lobby");
  return (
    <section class="card stack" aria-labelledby="clock">
      <div class="row apart">
        <h2 id="clock">
          {title}
        </h2>
        <Clock dueAt={table.dueAt.value} status={here.status} />
      </div>
      {here.turn > 0 && <Steps here={here} />}
      {panel && here.status !== "over" && <Left seconds={panel.left_seconds} />}
      {panel?.trouble && <p class="alarm">{panel.trouble}</p>}
      <div class="controls">
        {here.status === "lobby" && control.may("clock") && control.missing.length > 0 && <Unfilled table={table} control={control} />}
        {here.status === "lobby" && control.may("clock") && !control.missing.length && (
          <div class="choices">
            <button type="button" class="button main" aria-disabled={busy} onClick={() => void act({ act: "start" })}>
              {t("run.start")}
            </button>
            <button type="button" class="button" aria-disabled={busy} onClick={() => void act({ act: "start", practice: true })}>
              {t("board.practice")}
            </button>
          </div>
        )}
        {here.status === "running" && control.may("clock") && <Running table={table} here={here} control={control} />}
        {here.status === "paused" && control.may("clock") && (
          <>
            <div class="choices">
              <button type="button" class="button main" aria-disabled={busy} onClick={() => void act({ act: "resume", id: freshId() })}>
                {t("run.resume")}
              </button>
              <Asking
                label={t("board.pause_why")}
                control={control}
                wish={(reason) => ({ act: "broadcast", text: t("board.pause_because", { reason }), reason, id: freshId() })}
              />
            </div>
            <MoreTime control={control} />
          </>
        )}
        {here.status !== "lobby" && control.may("override") && (
          <div class="choices">
            <Back label={t("board.back_step")} control={control} first={control.panel && control.panel.steps.length > 1 ? 1 : 0} />
            <Back label={t("board.back_turn")} control={control} first={turnBefore(control, here.turn)} />
          </div>
        )}
      </div>
      {panel?.practice && here.status !== "lobby" && <p class="small soft">{t("board.practice_lead")}</p>}
      {panel && here.status === "lobby" && (
        <p class="small soft">
          {t("run.clock")} {t("board.practice_takes", { count: Math.ceil(panel.left_seconds / 60 / here.turns) })}
        </p>
      )}
      {here.status !== "over" && <p class="small soft">{t("run.bots")}</p>}
    </section>
  );
}

/** What the plan wants filled first; it can begin all the same, for a reason. */
function Unfilled({ table, control }: { table: Table; control: Desk }) {
  const name = (country: string) => table.within.value.get(country) ?? country;
  return (
    <div class="stack tight">
      <p class="alarm">{t("board.unfilled", { who: listed(control.missing.map((holder) => (holder === holder.toUpperCase() ? name(holder) : postName(holder, name)))) })}</p>
      <Asking label={t("board.despite")} control={control} wish={(reason) => ({ act: "start", practice: false, despite: reason })} />
    </div>
  );
}

/** Where the lesson stands: how long play goes on, and until when. */
function Left({ seconds }: { seconds: number }) {
  const at = new Intl.DateTimeFormat(language.value, { hour: "numeric", minute: "2-digit" }).format(Date.now() + seconds * 1000);
  return <p class="small soft">{t("board.left", { count: Math.round(seconds / 60), at })}</p>;
}

/** While the clock runs: the end of the step, which is what to press once everybody is ready; a pause, at once and with its reason afterwards; more time. */
function Running({ table, here, control }: { table: Table; here: Paper["here"]; control: Desk }) {
  const { busy, act } = control;
  const { people, ready } = readiness(table, here);
  return (
    <>
      <div class="choices">
        <button type="button" class={`button ${people > 0 && ready === people ? "main" : ""}`} aria-disabled={busy} onClick={() => void act({ act: "force", step: here.step, id: freshId() })}>
          {t("run.force")}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={() => void act({ act: "pause", reason: t("board.pause_now"), id: freshId() })}>
          {t("run.pause")}
        </button>
      </div>
      <MoreTime control={control} />
    </>
  );
}

/** The open step gets so many minutes more, whether its clock runs or stands still. */
function MoreTime({ control: { busy, act } }: { control: Desk }) {
  return (
    <div class="choices" role="group" aria-labelledby="more-time">
      <span id="more-time" class="small soft">
        {t("board.time")}
      </span>
      {MINUTES.map((count) => (
        <button key={count} type="button" class="button" data-again aria-disabled={busy} onClick={() => void act({ act: "extend", seconds: count * 60, id: freshId() })}>
          {t("board.plus", { count })}
        </button>
      ))}
    </div>
  );
}

/** The place of the first step of the turn before, or of this one if there was none. */
function turnBefore(control: Desk, turn: number): number {
  const steps = control.panel?.steps ?? [];
  const wanted = Math.max(1, turn - 1);
  return Math.max(0, steps.findLastIndex((step) => step.turn === wanted));
}

/** Back to the opening of a step that was played: the one that is meant, or another. */
function Back({ label, first, control }: { label: string; first: number; control: Desk }) {
  const steps = control.panel?.steps ?? [];
  const [other, choose] = useState<number | null>(null);
  const chosen = other ?? first;
  const step = steps[Math.min(chosen, steps.length - 1)];
  const inRounds = (one: (typeof steps)[number]) => steps.filter((other) => other.turn === one.turn && other.phase === one.phase).length > 1;
  return (
    <Asking
      label={label}
      style="quiet"
      disabled={!steps.length}
      control={control}
      wish={(reason) => (step ? { act: "undo", ...step, reason, id: freshId() } : null)}
    >
      <label class="field">
        {t("board.back_to")}
        <select value={String(chosen)} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {steps.map((one, place) => (
            <option key={`${one.turn}${one.phase}${one.round}`} value={String(place)}>
              {one.turn ? `${t("turn.number", { turn: one.turn })}: ${word("phase", one.phase)}${inRounds(one) ? ` ${one.round}` : ""}` : t("lead.title.lobby")}
              {place === 0 ? ` (${t("board.this_step")})` : ""}
            </option>
          ))}
        </select>
      </label>
      <p class="small soft">{t("board.back_lead")}</p>
    </Asking>
  );
}
