// Orders of the turn: the sheet on which they are kept, a form, and lists to choose from.
import { DraftOrders, OrderForm } from "../builder/order";
import type { FormKind } from "../builder/orders";
import { Told } from "../parts/basics";
import { Group } from "../parts/choices";
import type { Drafts } from "../state/drafts";
import { say } from "../state/notices";
import type { Table } from "../state/table";
import type { Team } from "../state/team";
import type { Desk, OptionGroup } from "../wire/vocabulary";
import { t, word } from "../words";

/** Groups of orders that list what is possible rather than what is likely to be wanted. */
const SELDOM = new Set(["base", "sanction", "spending"]);
const FORMS: FormKind[] = ["budget", "aid", "sanction", "influence", "dialogue", "base", "announce", "motive"];

/** The step of orders: the sheet, what is sealed already, a form for any order, and what is likely to be wanted. */
export function Orders({ table, desk, drafts, team }: { table: Table; desk: Desk; drafts: Drafts; team: Team }) {
  const done = desk.here.done.includes(desk.viewer);
  const groups = desk.groups.filter((group) => group.kind !== "suggested" && group.kind !== "new drafts");
  const kinds = FORMS.filter((kind) => desk.here.open.includes(kind));
  const take = (act: Parameters<Drafts["add"]>[0]) => {
    if (drafts.add(act)) say(t("orders.noted"));
  };
  const listOf = (group: OptionGroup) => <Group key={group.kind} title={word("group", group.kind)} options={group.options} table={table} take={take} />;
  const seldom = groups.filter((group) => SELDOM.has(group.kind));
  return (
    <>
      <DraftOrders table={table} desk={desk} drafts={drafts} team={team} />
      {desk.sealed.length > 0 && (
        <section class="card stack tight">
          <h3>{t("orders.sealed")}</h3>
          <ul class="clauses">
            {desk.sealed.map((sealed, place) => (
              <li key={place}>
                <Told>{sealed.text}</Told> {sealed.bot && <span class="tag">{t("orders.by_bot")}</span>}
              </li>
            ))}
          </ul>
          {desk.sealed.some((sealed) => sealed.bot) && <p class="small soft">{t("orders.by_bot_means")}</p>}
        </section>
      )}
      {!done && (
        <>
          <div class="groups">
            {groups.filter((group) => !SELDOM.has(group.kind)).map(listOf)}
            {desk.operations
              .filter((operation) => operation.options.length)
              .map((operation) => (
                <Group key={operation.id} title={operation.title} options={operation.options} table={table} take={take} />
              ))}
          </div>
          <section class="card stack">
            <h2>{t("orders.write")}</h2>
            <OrderForm desk={desk} kinds={kinds} label={t("orders.note")} take={take} />
          </section>
          {seldom.length > 0 && (
            <details class="card slim">
              <summary>{t("orders.seldom")}</summary>
              <div class="groups">{seldom.map(listOf)}</div>
            </details>
          )}
        </>
      )}
    </>
  );
}
