// What was told, as lines under their turns.
import type { Told as Line } from "../state/standing";
import type { Table } from "../state/table";
import { t, tongueOf } from "../words";
import { Told } from "./basics";
import { Causes } from "./causes";

const SIGNS: Record<string, [sign: string, weight: string]> = {
  news: ["▪", "news"],
  control: ["◆", "weighty"],
  undone: ["↺", "weighty"],
  overridden: ["✎", "weighty"],
  "seat-held": ["⇄", ""],
  "commitment-made": ["⚭", "weighty kept"],
  "commitment-ended": ["◌", ""],
  "commitment-renounced": ["◌", "weighty"],
  "commitment-detected": ["◉", "weighty broken"],
  judged: ["⚖", ""],
  "draft-tabled": ["▤", "weighty"],
  "roll-call": ["▥", "weighty"],
  "stance-declared": ["❝", ""],
  stated: ["❝", ""],
  "operation-announced": ["△", "weighty war"],
  "operation-launched": ["▲", "weighty war"],
  "operation-joined": ["△", ""],
  "offer-made": ["✉", ""],
  "offer-signed": ["✓", "kept"],
  "offer-rejected": ["✕", "broken"],
  "aid-sent": ["→", ""],
};

/** Nothing lies behind these but the words themselves. */
const SPOKEN = new Set(["news", "control", "started", "ended", "step-opened"]);

/** Lines; with a `table`, each can be asked why; `brief`: without terms that were told before. */
export function Lines({ lines, table, brief = false }: { lines: Line[]; table?: Table; brief?: boolean }) {
  return (
    <ul class="lines">
      {lines.map((line) => {
        const [sign, weight] = SIGNS[line.kind] ?? ["·", ""];
        return (
          <li key={line.number} class={line.undone ? "soft" : weight}>
            <span class="sign" aria-hidden="true">
              {sign}
            </span>
            <span>
              <span lang={tongueOf(line.sentence)}>
                <Told>{(brief && line.brief) || line.sentence}</Told>
              </span> {line.secret && <span class="tag secret">{t("secret.some")}</span>}{" "}
              {line.undone && <span class="tag">{t("record.undone")}</span>}{" "}
              {table && !SPOKEN.has(line.kind) && <Causes table={table} line={line} />}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Lines by turn, the newest turn first. */
export function byTurn(lines: Line[]): [turn: number, lines: Line[]][] {
  const turns = new Map<number, Line[]>();
  for (const line of lines) turns.set(line.turn, [...(turns.get(line.turn) ?? []), line]);
  return [...turns].sort(([one], [other]) => other - one);
}

export function Record({ lines, table, latestFirst = false }: { lines: Line[]; table?: Table; latestFirst?: boolean }) {
  if (!lines.length) return <p class="empty">{t("record.empty")}</p>;
  return (
    <div class="stack">
      {byTurn(lines).map(([turn, told]) => (
        <section key={turn} class="stack tight">
          <h3 class="turnmark">{turn ? t("turn.number", { turn }) : t("turn.before")}</h3>
          <Lines lines={latestFirst ? [...told].reverse() : told} table={table} />
        </section>
      ))}
    </div>
  );
}
