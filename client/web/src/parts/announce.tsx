// A word from the instructor stays in sight until it was read.
import { useState } from "preact/hooks";
import { shelf } from "../state/shelf";
import type { Table } from "../state/table";
import { t } from "../words";
import { Told } from "./basics";

export const CONTROL = "control";

export function Announcement({ table }: { table: Table }) {
  const name = `unipole:heard:${table.session}:${table.seat}`;
  const [heard, setHeard] = useState(() => shelf.read(name, 0));
  const here = table.desk.value?.here;
  const last = table.lines.value.findLast((line) => line.kind === CONTROL);
  const stale = here?.status === "over" && last?.phase !== here.phase; // what was said of a step of play hangs over no end
  return (
    <div aria-live="assertive">
      {last && !stale && last.number > heard && (
        <section class="announce" aria-labelledby="announce">
          <div>
            <h2 id="announce">{t("announce.title")}</h2>
            <p>
              <Told>{last.sentence}</Told>
            </p>
          </div>
          <button
            type="button"
            class="button square"
            aria-label={t("close")}
            onClick={() => {
              shelf.write(name, last.number);
              setHeard(last.number);
            }}
          >
            ✕
          </button>
        </section>
      )}
    </div>
  );
}
