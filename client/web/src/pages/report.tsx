// The report of a turn, and the whole record.
import { useState } from "preact/hooks";
import { Record as Lines, Lines as List } from "../parts/record";
import { Why } from "../parts/why";
import type { Table } from "../state/table";
import type { Desk, Line } from "../wire/vocabulary";
import { payoff, t, word } from "../words";
import { LedgerPage } from "./ledger";

const HEADINGS: [heading: "news" | "votes" | "words" | "force" | "talk", kinds: string[]][] = [
  ["news", ["news", "control", "leader-changed", "undone", "overridden", "seat-held"]],
  ["votes", ["draft-tabled", "draft-amended", "draft-withdrawn", "roll-call"]],
  ["words", ["commitment-made", "commitment-ended", "commitment-renounced", "commitment-detected", "judged", "clause-called", "clause-waived", "renewal-due"]],
  ["force", ["operation-announced", "operation-joined", "operation-launched", "operation-cancelled", "operation-left", "help-exposed", "aid-sent"]],
  ["talk", ["stated", "statement-tested", "fabrication-exposed", "dialogue-held", "influenced"]],
];

/** Lines of one turn under headings; what belongs under none is left to the record. */
export function sorted(lines: Line[]): [heading: string, lines: Line[]][] {
  return HEADINGS.map(([heading, kinds]): [string, Line[]] => [heading, lines.filter((line) => kinds.includes(line.kind))]).filter(([, found]) => found.length);
}

export function Report({ table, desk }: { table: Table; desk: Desk }) {
  const shown = desk.here.turn;
  const sections = sorted(table.lines.value.filter((line) => line.turn === shown && !line.undone));
  return (
    <div class="stack wide">
      <section class="card stack" aria-labelledby="report">
        <h2 id="report">{t("report.title", { turn: shown })}</h2>
        {sections.length === 0 && <p class="soft">{t("report.quiet")}</p>}
        {sections.map(([heading, lines]) => (
          <section key={heading} class="stack tight">
            <h3>{word("report", heading)}</h3>
            <List lines={lines} table={table} />
          </section>
        ))}
      </section>
      <Payoff desk={desk} />
    </div>
  );
}

export function Payoff({ desk }: { desk: Desk }) {
  if (!desk.role) return null;
  const sum = (which: "now" | "start") => desk.role?.payoff.reduce((all, term) => all + term[which], 0) ?? 0;
  const rows = [...desk.role.payoff.map((term) => ({ name: word("term", term.term), now: term.now, start: term.start })), { name: t("term.all"), now: sum("now"), start: sum("start") }];
  return (
    <section class="card stack tight" aria-labelledby="payoff">
      <div class="row">
        <h3 id="payoff">{t("payoff.title")}</h3>
        <Why about="autonomy" of={t("term.autonomy")} />
      </div>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("payoff.term")}</th>
              <th scope="col" class="number">
                {t("payoff.now")}
              </th>
              <th scope="col" class="number">
                {t("payoff.since")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td class="number">{payoff(row.now)}</td>
                <td class="number">{payoff(row.now - row.start)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function RecordPage({ table, desk }: { table: Table; desk: Desk }) {
  const [shown, show] = useState<"told" | "ledger">("told");
  return (
    <div class="stack wide">
      <section class="lead">
        <h1>{t("tab.record")}</h1>
        <p class="soft">{t(shown === "told" ? "record.lead" : "ledger.lead")}</p>
        <div class="row">
          {(["told", "ledger"] as const).map((name) => (
            <button key={name} type="button" class="button slim" aria-pressed={shown === name} onClick={() => show(name)}>
              {t(`record.${name}`)}
            </button>
          ))}
        </div>
      </section>
      {shown === "ledger" ? (
        <LedgerPage table={table} desk={desk} />
      ) : (
        <section class="card">
          <Lines lines={table.lines.value} table={table} />
        </section>
      )}
    </div>
  );
}
