// An offer composed as a sentence.  What it says, what it is worth and why it would be refused comes from the server while one types.
import { useEffect, useState } from "preact/hooks";
import { Dialog, Told } from "../parts/basics";
import { useSending } from "../parts/choices";
import { Expecting } from "../parts/expecting";
import { Why } from "../parts/why";
import type { Drafts, OfferDraft } from "../state/drafts";
import type { Table } from "../state/table";
import type { Clause, Desk, SeatAct, Terms, Weighed } from "../wire/vocabulary";
import { t, word } from "../words";
import { AMONG_PARTIES, CLAUSES, CONDITIONS, newClause, newCondition, type Single } from "./clauses";
import { Field, named, type Values, within } from "./fields";
import { movedUp } from "./moving";

const REST_MS = 350;

function blank(desk: Desk, partner?: string): OfferDraft {
  const other = partner ?? desk.lands.find((land) => land.country !== desk.viewer)?.country ?? "";
  const clauses = [newClause("vote", other, [desk.viewer, other], desk)];
  return { partners: [other], clauses, formal: false, secret: false, until: desk.here.turn };
}

export function termsOf(draft: OfferDraft, me: string): Terms {
  const parties = [me, ...draft.partners];
  return { parties, clauses: draft.clauses, formal: draft.formal ? parties : [], secret: draft.secret };
}

interface Props {
  table: Table;
  desk: Desk;
  drafts: Drafts;
  open: boolean;
  close: () => void;
}

export function OfferBuilder({ table, desk, drafts, open, close }: Props) {
  const [kept, setDraft] = useState<OfferDraft>(() => drafts.offer ?? blank(desk));
  const draft = { ...kept, clauses: kept.clauses.map((clause) => movedUp(clause, desk.here)) };
  const [read, setRead] = useState<Weighed | null>(null);
  const { busy, send } = useSending(table);
  const change = (more: Partial<OfferDraft>) => {
    const next = { ...draft, ...more };
    setDraft(next);
    drafts.offer = next;
  };
  const act: SeatAct = { kind: "propose", terms: termsOf(draft, desk.viewer), until: desk.here.turn };
  const asked = JSON.stringify(act);
  useEffect(() => {
    if (!open) return undefined;
    let stale = false;
    const timer = window.setTimeout(() => {
      table
        .weigh([JSON.parse(asked) as SeatAct])
        .then((found) => !stale && setRead(found.acts[0] ?? null))
        .catch(() => !stale && setRead(null));
    }, REST_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked, open, desk.here.step]);

  const submit = async () => {
    if (await send(act, t("offer.sent"))) {
      drafts.offer = null;
      setDraft(blank(desk));
      close();
    }
  };
  return (
    <Dialog
      title={t("builder.title")}
      open={open}
      onClose={close}
      bottom={
        <>
          <button type="button" class="button quiet" onClick={() => change(blank(desk))}>
            {t("builder.clear")}
          </button>
          {read && read.code !== null && (
            <p class="alarm" role="status">
              <span aria-hidden="true">✕</span>
              <Told>{read.sentence}</Told>
            </p>
          )}
          <button type="button" class="button main" disabled={busy || !read || read.code !== null} onClick={() => void submit()}>
            {t("builder.send")}
          </button>
        </>
      }
    >
      <div class="stack">
        <Parties desk={desk} draft={draft} change={change} />
        {draft.clauses.map((clause, place) => (
          <ClauseRow
            key={place}
            desk={desk}
            clause={clause}
            parties={[desk.viewer, ...draft.partners]}
            change={(next) => change({ clauses: draft.clauses.map((old, k) => (k === place ? next : old)) })}
            drop={draft.clauses.length > 1 ? () => change({ clauses: draft.clauses.filter((_, k) => k !== place) }) : undefined}
          />
        ))}
        <div class="row">
          <button
            type="button"
            class="button slim"
            onClick={() => change({ clauses: [...draft.clauses, newClause("aid", desk.viewer, [desk.viewer, ...draft.partners], desk)] })}
          >
            + {t("builder.add")}
          </button>
        </div>
        <div class="stack tight">
          <div class="asked-why">
            <label class="check">
              <input type="checkbox" checked={draft.secret} onChange={(event) => change({ secret: event.currentTarget.checked })} />
              <span>{t("builder.secret")}</span>
            </label>
            <Why about="secret" of={t("secret")} />
          </div>
          <div class="asked-why">
            <label class="check">
              <input type="checkbox" checked={draft.formal} onChange={(event) => change({ formal: event.currentTarget.checked })} />
              <span>{t("builder.formal")}</span>
            </label>
            <Why about="formal" of={t("builder.formal")} />
          </div>
        </div>
        <Reading desk={desk} read={read} />
      </div>
    </Dialog>
  );
}

function Reading({ desk, read }: { desk: Desk; read: Weighed | null }) {
  return (
    <div class="reading" aria-live="polite">
      <h3>{t("builder.reads")}</h3>
      {read ? (
        <>
          <ul class="clauses">
            {read.text.split("; ").map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
          <Expecting desk={desk} said={read} />
        </>
      ) : (
        <p class="soft">{t("builder.reading")}</p>
      )}
    </div>
  );
}

function Parties({ desk, draft, change }: { desk: Desk; draft: OfferDraft; change: (more: Partial<OfferDraft>) => void }) {
  const free = desk.lands.map((land) => land.country).filter((country) => country !== desk.viewer && !draft.partners.includes(country));
  const replace = (old: string, next: string | null) => {
    const partners = draft.partners.flatMap((partner) => (partner === old ? (next ? [next] : []) : [partner]));
    const renamed = draft.clauses.map((clause) => renamedIn(clause, old, next ?? partners[0] ?? ""));
    change({ partners, clauses: renamed });
  };
  return (
    <div class="sentence">
      <span>{t("builder.to")}</span>
      {draft.partners.map((partner, place) => (
        <span key={partner} class="row">
          <select
            aria-label={t("builder.partner", { number: place + 1 })}
            value={partner}
            onChange={(event) => replace(partner, event.currentTarget.value)}
          >
            {[partner, ...free].map((country) => (
              <option key={country} value={country}>
                {named(desk, country)}
              </option>
            ))}
          </select>
          {draft.partners.length > 1 && (
            <button type="button" class="button quiet slim" aria-label={t("builder.leave_out", { who: within(desk, partner) })} onClick={() => replace(partner, null)}>
              ✕
            </button>
          )}
        </span>
      ))}
      {free[0] && (
        <button type="button" class="button quiet slim" onClick={() => change({ partners: [...draft.partners, free[0] as string] })}>
          + {t("builder.more")}
        </button>
      )}
    </div>
  );
}

/** A clause in which one party stands for another everywhere. */
function renamedIn(clause: Clause, old: string, next: string): Clause {
  return JSON.parse(JSON.stringify(clause).replaceAll(`"${old}"`, `"${next}"`)) as Clause;
}

interface RowProps {
  desk: Desk;
  clause: Clause;
  parties: string[];
  change: (clause: Clause) => void;
  drop: (() => void) | undefined;
}

function ClauseRow({ desk, clause, parties, change, drop }: RowProps) {
  const set = (name: string, value: unknown) => change({ ...clause, [name]: value } as unknown as Clause);
  const when = clause.when as Single | null | undefined;
  const setWhen = (next: Single | null) => change({ ...clause, when: next } as Clause);
  const values = clause as unknown as Values;
  return (
    <fieldset class="clauserow">
      <legend class="hidden">{t("builder.clause")}</legend>
      <div class="sentence">
        <select aria-label={t("builder.debtor")} value={clause.debtor} onChange={(event) => change(newClause(clause.kind, event.currentTarget.value, parties, desk))}>
          {parties.map((party) => (
            <option key={party} value={party}>
              {named(desk, party)}
            </option>
          ))}
        </select>
        <select aria-label={t("builder.kind")} value={clause.kind} onChange={(event) => change(newClause(event.currentTarget.value as Clause["kind"], clause.debtor, parties, desk))}>
          {Object.keys(CLAUSES).map((kind) => (
            <option key={kind} value={kind}>
              {word("clause", kind)}
            </option>
          ))}
        </select>
        {CLAUSES[clause.kind].map((spec) => (
          <Field
            key={spec.name}
            spec={spec}
            desk={desk}
            value={values[spec.name]}
            change={(value) => set(spec.name, value)}
            among={AMONG_PARTIES.has(`${clause.kind}.${spec.name}`) ? parties.filter((party) => party !== clause.debtor) : undefined}
          />
        ))}
        <Field spec={{ name: "until", type: "turn" }} desk={desk} value={clause.until} change={(value) => set("until", Number(value))} />
      </div>
      <div class="sentence">
        <select
          aria-label={t("builder.condition")}
          value={when?.kind ?? ""}
          onChange={(event) => {
            const kind = event.currentTarget.value as Single["kind"] | "";
            setWhen(kind ? newCondition(kind, clause.debtor, parties, desk) : null);
          }}
        >
          <option value="">{t("condition.none")}</option>
          {Object.keys(CONDITIONS).map((kind) => (
            <option key={kind} value={kind}>
              {word("condition", kind)}
            </option>
          ))}
        </select>
        {when &&
          CONDITIONS[when.kind].map((spec) => (
            <Field
              key={spec.name}
              spec={spec}
              desk={desk}
              value={(when as unknown as Values)[spec.name]}
              change={(value) => setWhen({ ...when, [spec.name]: value } as unknown as Single)}
            />
          ))}
        {drop && (
          <button type="button" class="button quiet slim" onClick={drop}>
            {t("builder.drop")}
          </button>
        )}
      </div>
    </fieldset>
  );
}
