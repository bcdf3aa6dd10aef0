// The talk after the game: one page made of the log, through the eyes that the reader chooses among those that are open to him.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { say } from "../state/notices";
import type { Table } from "../state/table";
import { handed } from "../wire/handed";
import { http, type Eyes } from "../wire/http";
import { t } from "../words";
import type { Ask, Paper } from "./paper";
import { Sheet } from "./sheet";

interface Props {
  table: Table;
  token: string;
  /** What may be read, the first of them at first. */
  open: Eyes[];
  back: string;
  ask?: Ask;
  edition?: number;
  /** Where to look once it is laid out. */
  lead?: string;
  children?: ComponentChildren;
}

export function DebriefPlace({ table, token, open, back, ask, edition = 0, lead, children }: Props) {
  const [chosen, choose] = useState<Eyes | null>(null);
  const eyes = chosen && open.includes(chosen) ? chosen : (open[0] ?? "public");
  const led = useRef("");
  const laid = (paper: Paper) => {
    const wanted = lead ? `${lead} ${edition}` : "";
    if (lead && led.current !== wanted) paper.lead(lead);
    led.current = wanted;
  };
  const keep = async () => {
    try {
      handed(await http.debrief(table.session, token, eyes), `${table.session}-${eyes}.html`);
      say(t("debrief.kept"), "good");
    } catch (error) {
      say((error as Error).message, "bad");
    }
  };
  return (
    <div class="stack debrief">
      <div class="row apart debrief-bar">
        <a class="button slim" href={back}>
          ← {t("debrief.back")}
        </a>
        {open.length > 1 && (
          <div class="row" role="group" aria-labelledby="debrief-eyes">
            <span id="debrief-eyes" class="small soft">
              {t("debrief.eyes")}
            </span>
            {open.map((one) => (
              <button key={one} type="button" class="button slim" aria-pressed={eyes === one} onClick={() => choose(one)}>
                {t(`debrief.eyes.${one}`)}
              </button>
            ))}
          </div>
        )}
        <div class="row">
          {children}
          <button type="button" class="button slim" onClick={() => window.print()}>
            {t("debrief.print")}
          </button>
          <button type="button" class="button slim" onClick={() => void keep()}>
            {t("debrief.get")}
          </button>
        </div>
      </div>
      <Sheet session={table.session} token={token} eyes={eyes} edition={edition} laid={laid} {...(eyes === "all" && ask ? { ask } : {})} />
    </div>
  );
}
