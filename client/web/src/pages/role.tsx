// The role: public and secret sheet, aims, figures, friends and worries.
import { named } from "../builder/fields";
import { Sheet } from "../parts/basics";
import { Until } from "../parts/clock";
import { Why } from "../parts/why";
import type { Table } from "../state/table";
import type { Desk } from "../wire/vocabulary";

type Role = NonNullable<Desk["role"]>;
import { change, listed, money, number, share, t, tongueOf, word } from "../words";
import { Payoff } from "./report";

export function RolePage({ table, desk, onward }: { table: Table; desk: Desk; onward: () => void }) {
  const { role, here } = desk;
  if (!role) return null;
  const me = desk.lands.find((land) => land.country === desk.viewer);
  const who = (countries: string[]) => (countries.length ? listed(countries.map((country) => named(desk, country))) : t("role.nobody"));
  return (
    <div class="stack wide">
      <section class="lead">
        <h1>{named(desk, desk.viewer)}</h1>
        <div class="row">
          <p class="soft">{t("role.lead")}</p>
          <button type="button" class="button slim" onClick={onward}>
            {t("role.onward")}
          </button>
        </div>
        {here.status === "running" && (
          <p class="small advice">
            <b>{word("phase", here.phase)}.</b> {here.phase === "briefing" ? t("lead.news_on_desk") : word("lead", here.phase)} <Until dueAt={table.dueAt.value} say={(time) => t("lead.closes", { time })} />
          </p>
        )}
      </section>
      <Aims role={role} over={desk.here.status === "over"} />
      <div class="split even">
        <section class="card stack">
          <h2>{t("role.public")}</h2>
          <Sheet text={role.public_brief} />
        </section>
        <section class="card stack">
          <div class="row apart">
            <h2>{t("role.secret")}</h2>
            <span class="tag secret">{t("role.you_alone")}</span>
          </div>
          <Sheet text={role.secret_brief} />
        </section>
      </div>
      <section class="card stack">
        <h2>{t("role.figures")}</h2>
        <div class="facts">
          <Fact label={t("fact.economy")} value={money(me?.economy ?? 0)} />
          <Fact label={t("fact.power")} value={share(me?.power ?? 0, 1)} />
          <Fact label={t("fact.guns")} value={share(role.guns, 1)} />
          <Fact label={t("fact.approval")} value={share(me?.approval ?? 0)} />
          <Fact label={t("fact.means")} value={money(role.means)} />
        </div>
        <dl class="roll">
          <dt>{t("role.friends")}</dt>
          <dd>{who(role.friends)}</dd>
          <dt>{t("role.cool")}</dt>
          <dd>{who(role.cool)}</dd>
          <dt>{t("role.threats")}</dt>
          <dd class="asked-why">
            <span>{who(role.threats)}</span> <Why about="threat" of={t("role.threats")} />
          </dd>
        </dl>
      </section>
      <Payoff desk={desk} />
    </div>
  );
}

const MEASURES = { payoff: change, share: (value: number) => share(value), number: (value: number) => number(value, 3) };

/** How far an aim that is a number has come. */
function Measured({ aim: { unit, now, goal } }: { aim: Role["aims"][number] }) {
  if (!unit || now == null || goal == null) return null;
  const say = MEASURES[unit];
  return <span class="small soft figures measured">{t(unit === "payoff" ? "aim.since" : "aim.now", { now: say(now), goal: say(goal) })}</span>;
}

/** What the role wants, and whether it holds as things stand, or held at the end. */
export function Aims({ role, over }: { role: Role; over: boolean }) {
  return (
    <section class="card stack">
      <h2>{t("role.aims")}</h2>
      <ul class="stack tight aimlist">
        {role.aims.map((aim) => (
          <li key={aim.sentence} class="row">
            <span class={`tag ${aim.met ? "ally" : ""}`}>
              {aim.met === null ? "?" : aim.met ? `✓ ${t(over ? "aim.met" : "aim.holds")}` : `○ ${t(over ? "aim.missed" : "aim.open")}`}
            </span>
            <span>
              <span lang={tongueOf(aim.sentence)}>{aim.sentence}</span>
              <Measured aim={aim} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div class="fact">
      <span class="small soft">{label}</span>
      <b>{value}</b>
    </div>
  );
}
