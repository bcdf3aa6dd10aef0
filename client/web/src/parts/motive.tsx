// A question after an act that matters: why?  The answer is private, and free; who does not want to be asked is not asked again.
import { useState } from "preact/hooks";
import { shelf } from "../state/shelf";
import type { Table } from "../state/table";
import type { Desk, SeatAct } from "../wire/vocabulary";
import { t, word } from "../words";
import { Why } from "./why";

type Motive = Extract<SeatAct, { kind: "motive" }>;
const MOTIVES: Motive["motive"][] = [
  "fear of the unipole", "fear of a neighbour", "profit", "influence over an ally", "shelter in company", "ideology", "opinion at home", "danger at home", "autonomy", "principle", "habit",
];
const QUIET = "unipole:no-motives";
const WEIGHTY = new Set<SeatAct["kind"]>(["sign", "propose", "vote", "announce", "join", "sanction"]);

/** What an act is about, so that the motive can be laid beside it. */
function noted(motive: Motive["motive"], act: SeatAct): Motive {
  switch (act.kind) {
    case "sign":
      return { kind: "motive", motive, act: act.offer };
    case "vote":
      return { kind: "motive", motive, act: act.draft };
    case "join":
      return { kind: "motive", motive, act: act.operation };
    case "announce":
    case "sanction":
      return { kind: "motive", motive, about: act.target };
    default:
      return { kind: "motive", motive };
  }
}

export function MotivePrompt({ table, desk }: { table: Table; desk: Desk }) {
  const [quiet, setQuiet] = useState(() => shelf.read(QUIET, false));
  const [wide] = useState(() => window.matchMedia("(min-width: 760px)").matches); // on a phone the question takes a line
  const act = table.lately.value;
  const open = act && WEIGHTY.has(act.kind) && desk.here.open.includes("motive") && !desk.here.done.includes(desk.viewer);
  if (quiet || !open) return null;
  const close = () => (table.lately.value = null);
  const answer = (motive: Motive["motive"]) => {
    close();
    void table.submit(noted(motive, act));
  };
  return (
    <section class="card slim stack tight motive" aria-labelledby="motive">
      <div class="row apart">
        <h3 id="motive">
          {t("motive.ask", { act: word("motive.act", act.kind) })} <span class="tag secret">{t("role.you_alone")}</span>
        </h3>
        <button type="button" class="button quiet square slim" aria-label={t("close")} onClick={close}>
          ✕
        </button>
      </div>
      <details open={wide}>
        <summary class="small">{t("motive.choose")}</summary>
        <div class="choices">
          {MOTIVES.map((motive) => (
            <button key={motive} type="button" class="button slim" onClick={() => answer(motive)}>
              {word("value.motive", motive)}
            </button>
          ))}
        </div>
      </details>
      <div class="row">
        <Why about="motive" of={t("label.motive")} />
        <button
          type="button"
          class="button quiet slim"
          onClick={() => {
            shelf.write(QUIET, true);
            setQuiet(true);
          }}
        >
          {t("motive.never")}
        </button>
      </div>
    </section>
  );
}
