// Orders of the turn: chosen or filled in, kept as drafts, weighed in words, and sent together under seal.
import { useEffect, useState } from "preact/hooks";
import { Told } from "../parts/basics";
import { say } from "../state/notices";
import type { Drafts, OrderDraft } from "../state/drafts";
import type { Table } from "../state/table";
import type { Team } from "../state/team";
import { OfAct } from "../parts/expecting";
import { Present } from "../parts/team";
import { Proposition } from "../parts/why";
import type { Desk, SeatAct, Weighed } from "../wire/vocabulary";
import { t, word } from "../words";
import { Field, type Values } from "./fields";
import { paired } from "./pairing";
import { finished, newOrder, ORDERS, type FormKind } from "./orders";

/** So many figures are no sentence any more: they stand under each other. */
const FIGURES_MANY = 3;

/** A form for one kind of order; `take` gets the finished act. */
export function OrderForm({ desk, kinds, take, label }: { desk: Desk; kinds: FormKind[]; take: (act: SeatAct) => void; label: string }) {
  const [act, setAct] = useState<SeatAct>(() => newOrder(kinds[0] ?? "budget", desk));
  const kind = act.kind as FormKind;
  const holes = ORDERS[kind] ?? [];
  const figured = holes.filter((spec) => spec.type === "share" || spec.type === "amount").length >= FIGURES_MANY;
  useEffect(() => {
    if (!kinds.includes(kind)) setAct(newOrder(kinds[0] ?? "budget", desk));
  }, [kinds.join(" ")]);
  return (
    <div class="stack tight">
      <div class={`sentence ${figured ? "figured" : ""}`}>
        <select aria-label={t("orders.kind")} value={kind} onChange={(event) => setAct(newOrder(event.currentTarget.value as FormKind, desk))}>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {word("order", one)}
            </option>
          ))}
        </select>
        {holes.map((spec) => (
          <Field
            key={`${kind}.${spec.name}`}
            spec={spec}
            desk={desk}
            value={(act as unknown as Values)[spec.name]}
            change={(value) => setAct({ ...act, [spec.name]: value } as unknown as SeatAct)}
          />
        ))}
        <button type="button" class="button slim" onClick={() => take(finished(act))}>
          {label}
        </button>
      </div>
      {kind === "budget" && <Bought />}
    </div>
  );
}

const BOUGHT = ["guns", "investment", "projection", "programme", "mobilisation"] as const;

/** What each part of a budget is for, for whoever asks. */
function Bought() {
  return (
    <details class="small">
      <summary>{t("budget.what")}</summary>
      <dl class="roll">
        {BOUGHT.map((name) => [<dt key={name}>{t(`hole.${name}`)}</dt>, <dd key={`${name} for`}>{t(`budget.${name}`)}</dd>])}
      </dl>
      <p class="note">
        <Proposition topic="arms" />
      </p>
    </details>
  );
}

/** The drafts with what the server says about them, and the button that sends them. */
export function DraftOrders({ table, desk, drafts, team }: { table: Table; desk: Desk; drafts: Drafts; team: Team }) {
  const [weighed, setWeighed] = useState<Weighed[]>([]);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const acts = drafts.orders.value.map((draft) => draft.act);
  const asked = JSON.stringify(acts);
  useEffect(() => {
    let stale = false;
    if (!acts.length) {
      setWeighed([]);
      return undefined;
    }
    table.weigh(acts).then(
      (found) => {
        if (stale) return;
        setWeighed([...found.acts]);
        setFault("");
      },
      (error: Error) => {
        if (stale) return;
        setWeighed([]);
        setFault(error.message);
      },
    );
    return () => {
      stale = true;
    };
  }, [asked, desk.here.step]);
  if (drafts.clash.value) return <Clash table={table} drafts={drafts} theirs={drafts.clash.value} />;
  if (!acts.length) return null;

  const rows = paired(drafts.orders.value, weighed);
  const send = async () => {
    setBusy(true);
    let sent = 0;
    for (const { id, act } of rows) {
      const refusal = await table.refusalOf(act, id || undefined);
      if (refusal === null) {
        sent += 1;
        if (id) drafts.drop(id);
      } else {
        say(refusal, "bad");
      }
    }
    setBusy(false);
    if (sent) say(t("orders.sent", { count: sent }), "good");
  };
  return (
    <section class="card stack drafts" aria-labelledby="drafts">
      <h3 id="drafts">{t("orders.drafts")}</h3>
      <Present team={team} />
      <ul class="stack tight">
        {rows.map(({ id, act, said, by }) => (
          <li key={id || act.kind} class="row apart">
            <span>
              {said ? <Told>{said.text}</Told> : word("order", act.kind)} {!id && <span class="tag act">{t("orders.added")}</span>}
              {by && by !== team.mine.value && <span class="tag">{team.nameOf(by)}</span>}
              {said && !said.code && <OfAct said={said} />}
              {said?.code && (
                <span class="alarm">
                  <span aria-hidden="true">✕</span>
                  <Told>{said.sentence}</Told>
                </span>
              )}
            </span>
            {id && (
              <button type="button" class="button quiet slim" onClick={() => drafts.drop(id)}>
                {t("orders.drop")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {fault && (
        <p class="alarm">
          <span aria-hidden="true">✕</span>
          <Told>{fault}</Told>
        </p>
      )}
      <div class="row apart">
        <p class="small soft">{t(drafts.shared.value ? "orders.kept" : "sheet.not_shared")}</p>
        <button type="button" id="send" class="button main" aria-disabled={busy} onClick={() => void (busy || send())}>
          {t("orders.send", { count: rows.length })}
        </button>
      </div>
    </section>
  );
}

/** Two devices have changed the sheet at once: both in words, and a click that settles it. */
function Clash({ table, drafts, theirs }: { table: Table; drafts: Drafts; theirs: OrderDraft[] }) {
  const mine = drafts.orders.value;
  return (
    <section class="card stack drafts" aria-labelledby="clash" role="alert">
      <h3 id="clash">{t("sheet.clash")}</h3>
      <p>{t("sheet.clash_lead")}</p>
      <div class="split even">
        <Side table={table} title={t("sheet.theirs")} orders={theirs} />
        <Side table={table} title={t("sheet.mine")} orders={mine} />
      </div>
      <div class="choices">
        {(["both", "theirs", "mine"] as const).map((how) => (
          <button key={how} type="button" class={`button ${how === "both" ? "main" : ""}`} onClick={() => drafts.settle(how)}>
            {t(`sheet.settle.${how}`)}
          </button>
        ))}
      </div>
    </section>
  );
}

/** One of two sheets, as the server words it. */
function Side({ table, title, orders }: { table: Table; title: string; orders: OrderDraft[] }) {
  const [said, setSaid] = useState<string[]>([]);
  const asked = JSON.stringify(orders.map((draft) => draft.act));
  useEffect(() => {
    let stale = false;
    table.weigh(JSON.parse(asked) as SeatAct[]).then(
      (found) => !stale && setSaid(found.acts.map((one) => one.text)),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [asked]);
  return (
    <div class="stack tight">
      <h4>{title}</h4>
      {orders.length ? (
        <ul class="clauses small">
          {said.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : (
        <p class="small soft">{t("sheet.empty")}</p>
      )}
    </div>
  );
}
