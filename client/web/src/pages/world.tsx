// The world: a map, the questions of the case, operations, and every country in a table.
import { useState } from "preact/hooks";
import { within } from "../builder/fields";
import { standOf } from "../parts/basics";
import { InWords, LAYERS, type Layer } from "../parts/layers";
import { Why } from "../parts/why";
import { Legend, WorldMap } from "../parts/map";
import type { Desk, IssuePaper, OperationPaper } from "../wire/vocabulary";
import { listed, money, share, t, tongueOf, word } from "../words";
import { Named } from "./chamber";
import { Fact } from "./role";

export function WorldPage({ desk }: { desk: Desk }) {
  const [chosen, choose] = useState(desk.viewer);
  const [layer, show] = useState<Layer>("turn");
  const layers = LAYERS.filter((name) => name !== "threat" || desk.role);
  const land = desk.lands.find((one) => one.country === chosen);
  return (
    <div class="stack wide">
      <h1>{t("tab.world")}</h1>
      <div class="stack tight">
        <div class="choices" role="group" aria-label={t("map.layers")}>
          {layers.map((name) => (
            <button key={name} type="button" class="button slim" aria-pressed={layer === name} onClick={() => show(name)}>
              {t(`map.layer.${name}`)}
            </button>
          ))}
        </div>
        <WorldMap desk={desk} chosen={chosen} choose={choose} layer={layer} />
        <InWords desk={desk} layer={layer} />
        <div class="asked-why">
          <Legend desk={desk} layer={layer} />
          <Why about="stands" of={t("world.stand")} />
        </div>
      </div>
      {land && (
        <section class="card stack" aria-live="polite">
          <div class="row apart">
            <h2>
              <Named desk={desk} country={land.country} />
            </h2>
            <span class="tag">{t(`stand.${standOf(land.country, desk.unipole, land.stands)}`)}</span>
          </div>
          <div class="facts">
            <Fact label={t("fact.economy")} value={money(land.economy)} />
            <Fact label={t("fact.power")} value={share(land.power, 1)} />
            <Fact label={t("fact.approval")} value={share(land.approval)} />
            {land.stands !== null && <Fact label={t("fact.stands")} value={share(land.stands)} />}
            {land.towards_me !== null && <Fact label={t("fact.towards")} value={warmth(land.towards_me)} />}
          </div>
        </section>
      )}
      <section class="stack">
        <h2>{t("world.issues")}</h2>
        {desk.issues.map((issue) => (
          <Issue key={issue.id} issue={issue} />
        ))}
      </section>
      {desk.operations.length > 0 && (
        <section class="stack">
          <h2>{t("world.operations")}</h2>
          {desk.operations.map((operation) => (
            <Operation key={operation.id} desk={desk} operation={operation} />
          ))}
        </section>
      )}
      <section class="stack">
        <h2>{t("world.countries")}</h2>
        <div class="scroll card slim" tabIndex={0} role="region" aria-label={t("world.countries")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("world.country")}</th>
                <th scope="col" class="roomy">
                  {t("world.stand")}
                </th>
                <th scope="col" class="number">
                  {t("fact.power")}
                </th>
                <th scope="col" class="number">
                  {t("fact.approval")}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...desk.lands]
                .sort((one, other) => other.power - one.power)
                .map((one) => (
                  <tr key={one.country}>
                    <th scope="row">
                      <button type="button" class="button quiet slim" aria-pressed={chosen === one.country} onClick={() => choose(one.country)}>
                        <Named desk={desk} country={one.country} />
                      </button>
                    </th>
                    <td class="roomy">{t(`stand.${standOf(one.country, desk.unipole, one.stands)}`)}</td>
                    <td class="number">{share(one.power, 1)}</td>
                    <td class="number">{share(one.approval)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  );
}

function warmth(goodwill: number): string {
  return t(goodwill > 0.3 ? "warm.friendly" : goodwill > 0.05 ? "warm.kind" : goodwill > -0.05 ? "warm.even" : goodwill > -0.3 ? "warm.cool" : "warm.hostile");
}

/** What the ends of a question mean, told by 0 and 1 in a case, on the scale that is drawn. */
const inPercent = (text: string): string => text.replace(/\b([01]) =/g, (_, end: string) => `${share(Number(end))} =`);

/** An issue as a line from 0 to 1, with where it stands and where the viewer wants it. */
export function Issue({ issue }: { issue: IssuePaper }) {
  return (
    <article class="card slim stack tight">
      <h3 lang={tongueOf(issue.title)}>{issue.title}</h3>
      <p class="small soft" lang={tongueOf(issue.text)}>
        {inPercent(issue.text)}
      </p>
      <div class="axis" role="img" aria-label={t("issue.at", { place: share(issue.position) }) + (issue.ideal === null ? "" : `. ${t("issue.wish", { place: share(issue.ideal) })}`)}>
        <span class="at" ref={(mark) => mark?.style.setProperty("left", `${issue.position * 100}%`)} />
        {issue.ideal !== null && <span class="wish" ref={(mark) => mark?.style.setProperty("left", `${(issue.ideal ?? 0) * 100}%`)} />}
      </div>
      <p class="row apart tiny soft">
        <span>{share(0)}</span>
        <span>
          ▮ {t("issue.now")}
          {issue.ideal !== null && ` · ◯ ${t("issue.yours")}`}
        </span>
        <span>{share(1)}</span>
      </p>
    </article>
  );
}

export function Operation({ desk, operation }: { desk: Desk; operation: OperationPaper }) {
  const side = (wanted: "attack" | "defence") => operation.coalition.filter((part) => part.side === wanted).map((part) => `${within(desk, part.country)} (${word("value.level", part.level)})`);
  return (
    <article class="card slim stack tight">
      <div class="row apart">
        <h3>{operation.title}</h3>
        <span class="tag opponent">{word("operation", operation.status)}</span>
      </div>
      {operation.status === "launched" && (
        <p class="small row">
          {t(operation.success ? "operation.won" : "operation.lost")} · {t("operation.legitimacy", { share: share(operation.legitimacy) })}
          <Why about="legitimacy" of={t("operation.legitimacy", { share: share(operation.legitimacy) })} />
        </p>
      )}
      {side("attack").length > 0 && <p class="small soft">{t("operation.with", { who: listed(side("attack")) })}</p>}
      {side("defence").length > 0 && <p class="small soft">{t("operation.against", { who: listed(side("defence")) })}</p>}
    </article>
  );
}
