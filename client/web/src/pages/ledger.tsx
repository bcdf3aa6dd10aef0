// The ledger: who promised whom what, and who kept it.
import { useEffect, useState } from "preact/hooks";
import { named } from "../builder/fields";
import { Told } from "../parts/basics";
import { Why } from "../parts/why";
import { language } from "../state/looks";
import type { Table } from "../state/table";
import type { Desk, Vocabulary } from "../wire/vocabulary";
import { briefly, t, word } from "../words";

type Commitment = Vocabulary["Ledger"]["commitments"][number];
type Pledge = Commitment["pledges"][number];
const SIGNS: Record<Pledge["findings"][number]["finding"], [sign: string, style: string]> = {
  kept: ["✓", "ally"],
  breached: ["✕", "opponent"],
  excused: ["○", ""],
  "not called": ["–", ""],
};

export function LedgerPage({ table, desk }: { table: Table; desk: Desk }) {
  const [found, setFound] = useState<Commitment[] | null>(null);
  useEffect(() => {
    let stale = false;
    table.ledger().then(
      (ledger) => !stale && setFound(ledger.commitments),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [table, desk.here.step, desk.commitments.length, language.value]);
  if (found === null) return <p class="empty">{t("play.loading")}</p>;
  if (!found.length) return <p class="empty">{t("ledger.empty")}</p>;
  const mine = found.filter((one) => one.parties.includes(desk.viewer));
  const others = found.filter((one) => !mine.includes(one));
  const groups: [name: string, commitments: Commitment[]][] = [
    ["mine", mine],
    ["others", others],
  ];
  return (
    <div class="stack wide">
      <Words desk={desk} pledges={found.flatMap((one) => one.pledges)} />
      {groups.map(
        ([name, commitments]) =>
          commitments.length > 0 && (
            <section key={name} class="stack tight">
              <h2>{word("ledger", name)}</h2>
              <ul class="stack tight">
                {commitments.map((one) => (
                  <Row key={one.id} desk={desk} commitment={one} />
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}

/** More pledges than these are told once, in the terms of all; each by itself when it is asked for. */
const PLEDGES_MAX = 2;

function Row({ desk, commitment }: { desk: Desk; commitment: Commitment }) {
  const { since, secret, in_force, pledges, parties, clauses } = commitment;
  return (
    <li class={`card slim stack tight ${in_force ? "" : "flat"}`}>
      <div class="row apart">
        <h3>
          {briefly(parties.map((party) => named(desk, party)))}{" "}
          <span class="small soft since">{since > 0 ? t("ledger.since", { turn: since }) : t("ledger.before")}</span>
        </h3>
        <span class="row">
          {secret && <span class="tag secret">{t("secret")}</span>}
          <span class={`tag ${in_force ? "act" : ""}`}>{t(in_force ? "ledger.in_force" : "ledger.ended")}</span>
        </span>
      </div>
      {pledges.length > PLEDGES_MAX ? (
        <>
          <ul class="clauses">
            {clauses.map((clause) => (
              <li key={clause}>{clause}</li>
            ))}
          </ul>
          <details class="small">
            <summary>
              {t("ledger.each", { count: pledges.length })} <Found pledges={pledges} />
            </summary>
            <Pledges pledges={pledges} />
          </details>
        </>
      ) : (
        <Pledges pledges={pledges} />
      )}
    </li>
  );
}

/** How often the pledges of a pact were found kept, broken and so on. */
function Found({ pledges }: { pledges: Pledge[] }) {
  const found = pledges.flatMap((pledge) => pledge.findings.map((one) => one.finding));
  return (
    <>
      {(Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((finding) => {
        const count = found.filter((one) => one === finding).length;
        return (
          count > 0 && (
            <span key={finding} class={`tag ${SIGNS[finding][1]}`}>
              {SIGNS[finding][0]} {word("finding", finding)} {count}
            </span>
          )
        );
      })}
    </>
  );
}

function Pledges({ pledges }: { pledges: Pledge[] }) {
  return (
      <ul class="clauses">
        {pledges.map((pledge, place) => (
          <li key={place}>
            <Told>{pledge.text}</Told>
            {pledge.findings.map((one) => (
              <div key={`${one.turn} ${one.finding}`} class="small">
                <span class={`tag ${SIGNS[one.finding][1]}`}>
                  {SIGNS[one.finding][0]} {word("finding", one.finding)}
                </span>{" "}
                <span class="soft">
                  {t("turn.number", { turn: one.turn })}: {one.reason}
                </span>
              </div>
            ))}
          </li>
        ))}
      </ul>
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
