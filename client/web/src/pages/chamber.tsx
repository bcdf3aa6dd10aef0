// The chamber: drafts against their bar, declarations, and ballots under seal.
import { useState } from "preact/hooks";
import { within } from "../builder/fields";
import { LandName, Told, Worth, standOf } from "../parts/basics";
import { Choices, useSending } from "../parts/choices";
import { Why } from "../parts/why";
import { Roll, Tally } from "../parts/tally";
import type { Table } from "../state/table";
import type { Desk, DraftPaper, Option, SeatAct } from "../wire/vocabulary";
import { awaits, ballotsOwed } from "../state/ballots";
import { likelihood, t, tongueOf, word } from "../words";

type Because = NonNullable<Extract<SeatAct, { kind: "vote" }>["because"]>;
const BECAUSE: Because[] = ["law", "sovereignty", "civilians", "alliance", "talks", "interests", "voters"];

/** More drafts than these do not lie open beside each other. */
const OPEN_MAX = 3;

/** The call to the ballots that wait, in sight wherever one reads; it leads to the first of them. */
function Call({ desk }: { desk: Desk }) {
  const next = desk.drafts.find((draft) => awaits(desk, draft));
  if (!next) return null;
  const lead = () => {
    const paper = document.getElementById(`draft-${next.id}`);
    const fold = paper?.querySelector("details");
    if (fold) fold.open = true;
    paper?.scrollIntoView({ block: "start" });
    paper?.querySelector<HTMLElement>(".ballot .button")?.focus({ preventScroll: true });
  };
  return (
    <p class="call">
      <button type="button" class="button main" onClick={lead}>
        {t("chamber.call", { count: ballotsOwed(desk) })}
      </button>
    </p>
  );
}

export function Chamber({ table, desk }: { table: Table; desk: Desk }) {
  const past = desk.drafts.filter((draft) => draft.status !== "tabled").reverse();
  return (
    <div class="stack wide">
      <section class="lead">
        <h1>{t("tab.chamber")}</h1>
        <p class="asked-why">
          <span class="soft">{t("chamber.lead")}</span>
          <Why about="council" of={t("tab.chamber")} />
        </p>
      </section>
      <Drafts table={table} desk={desk} inviting />
      {past.length > 0 && (
        <section class="stack">
          <h2>{t("chamber.past")}</h2>
          {past.map((draft) => (
            <Draft key={draft.id} table={table} desk={desk} draft={draft} open={false} />
          ))}
        </section>
      )}
    </div>
  );
}

/** Drafts on the table, and the way to table one: unfolded where there is nothing else to see. */
export function Drafts({ table, desk, inviting = false }: { table: Table; desk: Desk; inviting?: boolean }) {
  const open = desk.drafts.filter((draft) => draft.status === "tabled");
  const possible = desk.groups.find((group) => group.kind === "new drafts");
  return (
    <section class="stack" aria-labelledby="drafts-open">
      <h2 id="drafts-open">{t("chamber.open")}</h2>
      <Call desk={desk} />
      {!open.length && <p class="empty">{t("chamber.none")}</p>}
      {open.map((draft) => (
        <Draft key={draft.id} table={table} desk={desk} draft={draft} open={open.length <= OPEN_MAX} />
      ))}
      {possible && (
        <details class="card slim" open={inviting && !open.length}>
          <summary>{t("chamber.table")}</summary>
          <Choices table={table} options={possible.options} />
        </details>
      )}
    </section>
  );
}

function Draft({ table, desk, draft, open }: { table: Table; desk: Desk; draft: DraftPaper; open: boolean }) {
  const [rolled, setRolled] = useState(false);
  const [unfolded] = useState(open); // later it is the reader's
  const tabled = draft.status === "tabled";
  const voting = draft.options.some((option) => option.act.kind === "vote");
  const voice = draft.options.length > 0 && <Voice table={table} draft={draft} />;
  return (
    <article class="card slim draft" id={`draft-${draft.id}`}>
      <details open={unfolded}>
        <summary>
          <h3>
            <Told>{draft.title}</Told>
          </h3>
          <span class="row">
            {draft.sealed && <span class="tag ally">✓ {t(`ballot.${draft.sealed}`)}</span>}
            <span class={`tag ${draft.status === "adopted" ? "ally" : tabled ? "act" : ""}`}>{word("draft", draft.status)}</span>
          </span>
        </summary>
        <div class="stack">
          <div class="stack tight small soft">
            <p lang={tongueOf(draft.issue)}>
              {draft.council} · {draft.issue}
            </p>
            <p>
              {t("chamber.by", { who: within(desk, ...draft.sponsors) })}
              {draft.pressed && ` · ${t("chamber.pressed")}`}
              {draft.chance !== null && ` · ${t("chamber.chance", { chance: likelihood(draft.chance) })}`}
            </p>
          </div>
          {voting && voice}
          <div class="stack tight">
            {(tabled || draft.stage !== "silent") && <p class="small soft">{t(draft.stage === "voted" ? "chamber.voted" : draft.stage === "declared" ? "chamber.declared" : "chamber.silent")}</p>}
            {(tabled || draft.stage !== "silent") && <Tally draft={draft} names={table.names.value} />}
            {draft.stage === "voted" && <Told>{draft.count.reason}</Told>}
            <div>
              <button type="button" class="button quiet slim" aria-expanded={rolled} onClick={() => setRolled(!rolled)}>
                {t("chamber.roll")}
              </button>
              {rolled && <Roll draft={draft} names={table.names.value} />}
            </div>
          </div>
          {!voting && voice}
          {draft.amendments.length > 0 && (
            <details class="small">
              <summary>{t("chamber.amend")}</summary>
              <Choices table={table} options={draft.amendments} />
            </details>
          )}
        </div>
      </details>
    </article>
  );
}

/** What the seat can say on a draft: declare in debate, cast a ballot in the vote, sponsor, withdraw. */
function Voice({ table, draft }: { table: Table; draft: DraftPaper }) {
  const { busy, send } = useSending(table);
  const [because, explain] = useState<Because | null>(null);
  const said = draft.options.filter((option) => option.act.kind === "declare" || option.act.kind === "vote");
  const rest = draft.options.filter((option) => !said.includes(option));
  const voting = said[0]?.act.kind === "vote";
  const choiceOf = (option: Option) => (option.act.kind === "declare" || option.act.kind === "vote" ? option.act.choice : "abstain");
  return (
    <div class="stack tight">
      {said.length > 0 && (
        <fieldset class="stack tight">
          <legend class="small">
            <b>{t(voting ? "chamber.vote" : "chamber.declare")}</b>
          </legend>
          {draft.pledged.length > 0 && (
            <p class="small advice">
              {t("chamber.pledged")} {draft.pledged.join("; ")}
            </p>
          )}
          <div class="ballot">
            {said.map((option) => {
              const choice = choiceOf(option);
              return (
                <button
                  key={choice}
                  type="button"
                  class="button"
                  aria-disabled={busy}
                  aria-pressed={draft.sealed === choice}
                  onClick={() => void send(option.act.kind === "vote" ? { ...option.act, because } : option.act, t(voting ? "chamber.sealed" : "chamber.said"))}
                >
                  <span>{t(`ballot.${choice}`)}</span>
                  <Worth value={option.worth} label="" />
                </button>
              );
            })}
          </div>
          {voting && (
            <label class="row small">
              {t("chamber.because")}
              <select class="select" value={because ?? ""} onChange={(event) => explain((event.currentTarget.value || null) as Because | null)}>
                <option value="">{t("chamber.because_none")}</option>
                {BECAUSE.map((reason) => (
                  <option key={reason} value={reason}>
                    {word("value.because", reason)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {voting && (
            <p class="row">
              <Why about={draft.pressed ? "pressed" : "company"} of={t("chamber.vote")} />
              <span class="small soft">{draft.sealed ? t("chamber.sealed_as", { choice: t(`ballot.${draft.sealed}`) }) : t("chamber.under_seal")}</span>
            </p>
          )}
        </fieldset>
      )}
      {rest.length > 0 && (
        <div class="choices">
          {rest.map((option) => (
            <button key={option.act.kind} type="button" class="button slim" aria-disabled={busy} onClick={() => void send(option.act, t("sent"))}>
              {word("act", option.act.kind)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** A country with its stand, for lists. */
export function Named({ desk, country }: { desk: Desk; country: string }) {
  const land = desk.lands.find((one) => one.country === country);
  return <LandName named={land?.name ?? country} stand={standOf(country, desk.unipole, land?.stands ?? null)} />;
}
