// Which of the lines that were told still stand: control takes steps back, and a practice turn does not count.
import type { Line } from "../wire/vocabulary";

/** A line; `undone`: of a step that was taken back since. */
export type Told = Line & { undone?: boolean };

// Who plays which seat, what control said, and its hold on the clock are not taken back.
const STAYS = new Set(["undone", "seat-held", "control", "paused", "resumed", "extended"]);

/** The lines with those marked that were taken back; `schedule`: the phases of a turn in their order. */
export function standing(lines: Told[], schedule: readonly string[]): Told[] {
  const place = (line: Line) => [line.turn, schedule.indexOf(line.phase), line.round];
  const marked: Told[] = [];
  for (const line of lines) {
    if (line.kind === "undone") marked.forEach((told, at) => (marked[at] = told.undone || STAYS.has(told.kind) || !isLater(place(told), place(line)) ? told : { ...told, undone: true }));
    marked.push(line);
  }
  return marked;
}

function isLater(one: number[], other: number[]): boolean {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && one[at]! > other[at]!;
}
