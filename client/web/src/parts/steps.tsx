// The phases of a turn as a line, with the one that is open.
import type { Desk } from "../wire/vocabulary";
import { t, word } from "../words";

export function Steps({ here }: { here: Desk["here"] }) {
  const rounds = here.rounds > 1 ? ` ${here.round}/${here.rounds}` : "";
  return (
    <ol class="steps" aria-label={t("play.phases")}>
      {here.schedule.map((phase, place) => (
        <li key={phase} class={place < here.schedule.indexOf(here.phase) ? "past" : ""} aria-current={here.turn > 0 && phase === here.phase ? "step" : undefined}>
          {word("phase", phase)}
          {phase === here.phase && here.turn > 0 && rounds}
        </li>
      ))}
    </ol>
  );
}
