// The ledger: who promised whom what, and who kept it.
import { useEffect, useState } from "preact/hooks";
import { named } from "../builder/fields";
import { Why } from "../parts/why";
import type { Table } from "../state/table";
import type { Desk, Vocabulary } from "../wire/vocabulary";
import { t, word } from "../words";

type Pledge = Vocabulary["Ledger"]["pledges"][number];
const SIGNS: Record<Pledge["findings"][number]["finding"], [sign: string, style: string]> = {
  kept: ["✓", "ally"],
  breached: ["✕", "opponent"],
  excused: ["○", ""],
  "not called": ["–", ""],
};

export function LedgerPage({ table, desk }: { table: Table; desk: Desk }) {
  const [pledges, setPledges] = useState<Pledge[] | null>(null);
  useEffect(() => {
    let stale = false;
    table.ledger().then(
      (found) => !stale && setPledges(found.pledges),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [table, desk.here.step, desk.commitments.length]);
  if (pledges === null) return <p class="empty">{t("play.loading")}</p>;
  if (!pledges.length) return <p class="empty">{t("ledger.empty")}</p>;
  const mine = (pledge: Pledge) => pledge.parties.includes(desk.viewer);
  const groups: [name: string, pledges: Pledge[]][] = [
    ["to_me", pledges.filter((pledge) => mine(pledge) && pledge.debtor !== desk.viewer)],
    ["by_me", pledges.filter((pledge) => pledge.debtor === desk.viewer)],
    ["others", pledges.filter((pledge) => !mine(pledge))],
  ];
  return (
    <div class="stack wide">
      <Words desk={desk} pledges={pledges} />
      {groups.map(
        ([name, found]) =>
          found.length > 0 && (
            <section key={name} class="stack tight">
              <h2>{word("ledger", name)}</h2>
              <ul class="stack tight">
                {found.map((pledge, place) => (
                  <Row key={`${pledge.commitment} ${place}`} pledge={pledge} />
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}

function Row({ pledge }: { pledge: Pledge }) {
  return (
    <li class={`card slim stack tight ${pledge.in_force ? "" : "flat"}`}>
      <div class="row apart">
        <span class="sentencecase">{pledge.text}</span>
        <span class="row">
          {pledge.secret && <span class="tag secret">{t("secret")}</span>}
          <span class={`tag ${pledge.in_force ? "act" : ""}`}>{t(pledge.in_force ? "ledger.in_force" : "ledger.ended")}</span>
        </span>
      </div>
      <ul class="findings small">
        <li class="soft">{pledge.since > 0 ? t("ledger.since", { turn: pledge.since }) : t("ledger.before")}</li>
        {pledge.findings.map((one) => (
          <li key={`${one.turn} ${one.finding}`}>
            <span class={`tag ${SIGNS[one.finding][1]}`}>
              {SIGNS[one.finding][0]} {word("finding", one.finding)}
            </span>{" "}
            <span class="soft">
              {t("turn.number", { turn: one.turn })}: {one.reason}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** How good each word proved so far. */
function Words({ desk, pledges }: { desk: Desk; pledges: Pledge[] }) {
  const count = (country: string, finding: string) => pledges.filter((pledge) => pledge.debtor === country).reduce((sum, pledge) => sum + pledge.findings.filter((one) => one.finding === finding).length, 0);
  const rows = [...new Set(pledges.map((pledge) => pledge.debtor))]
    .map((country) => ({ country, kept: count(country, "kept"), broken: count(country, "breached") }))
    .filter((row) => row.kept + row.broken > 0)
    .sort((one, other) => other.broken - one.broken || other.kept - one.kept);
  if (!rows.length) return null;
  return (
    <section class="card stack tight">
      <div class="row">
        <h2>{t("ledger.words")}</h2>
        <Why about="believed" of={t("ledger.words")} />
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("ledger.words")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("world.country")}</th>
              <th scope="col" class="number">
                {word("finding", "kept")}
              </th>
              <th scope="col" class="number">
                {word("finding", "breached")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.country}>
                <th scope="row">{named(desk, row.country)}</th>
                <td class="number">{row.kept}</td>
                <td class="number">{row.broken}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
