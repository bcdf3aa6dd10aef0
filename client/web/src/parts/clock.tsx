// How long the open step lasts.  One beat for all clocks of the page.
import { signal } from "@preact/signals";
import { t } from "../words";

const BEAT_MS = 250;
const SHORT_S = 20;
const beat = signal(performance.now());
setInterval(() => (beat.value = performance.now()), BEAT_MS);

export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The time that is left, in a sentence; nothing while the clock stands still. */
export function Until({ dueAt, say }: { dueAt: number | null; say: (time: string) => string }) {
  return dueAt === null ? null : <span class="small soft">{say(minutes(secondsTo(dueAt)))}</span>;
}

const secondsTo = (dueAt: number): number => Math.max(0, Math.ceil((dueAt - beat.value) / 1000));

export function Clock({ dueAt, status, large = false }: { dueAt: number | null; status: string; large?: boolean }) {
  if (status === "lobby" || status === "over") return <Words large={large} text={t(`status.${status}`)} />;
  if (dueAt === null) return <Words large={large} text={t("status.paused")} />;
  const left = secondsTo(dueAt);
  return (
    <div class="clock" role="timer">
      <span class={`${large ? "big" : "time"} ${left <= SHORT_S ? "short" : ""}`}>{minutes(left)}</span>
      {!large && <span class="tiny soft">{t("clock.left")}</span>}
    </div>
  );
}

function Words({ text, large }: { text: string; large: boolean }) {
  return (
    <div class="clock">
      <span class={large ? "big" : "words"}>{text}</span>
    </div>
  );
}
