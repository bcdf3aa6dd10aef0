// What may come of the open step: it is resolved many times with other luck, and the spread is shown; nothing happens to the game.
import { useState } from "preact/hooks";
import { Dialog, Told } from "../parts/basics";
import { http } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { number, share, t } from "../words";

const TIMES = [20, 50, 100];
const SHOWN = 12;

type Found = Vocabulary["Preview"];

export function Preview({ session, token }: { session: string; token: string }) {
  const [open, setOpen] = useState(false);
  const [times, setTimes] = useState(20);
  const [found, setFound] = useState<Found | null>(null);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const look = async (count: number) => {
    setTimes(count);
    setFault("");
    setBusy(true);
    try {
      setFound(await http.preview(session, token, count));
    } catch (error) {
      setFault((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const begin = () => {
    setOpen(true);
    void look(times);
  };
  return (
    <>
      <button type="button" class="button" onClick={begin}>
        {t("preview.label")}
      </button>
      <Dialog title={t("preview.title")} open={open} onClose={() => setOpen(false)}>
        <div class="stack" aria-busy={busy}>
          <div class="row" role="group" aria-label={t("preview.times")}>
            <span class="small soft">{t("preview.times")}</span>
            {TIMES.map((count) => (
              <button key={count} type="button" class="button slim" aria-pressed={times === count} onClick={() => void look(count)}>
                {count}
              </button>
            ))}
          </div>
          {fault && <p class="alarm">{fault}</p>}
          {busy && <p class="soft">{t("preview.busy")}</p>}
          {found && !busy && <Spread found={found} />}
          <p class="small soft">{t("preview.lead")}</p>
        </div>
      </Dialog>
    </>
  );
}

function Spread({ found }: { found: Found }) {
  const [sure, open] = [found.outcomes.filter((one) => one.share === 1), found.outcomes.filter((one) => one.share < 1)];
  return (
    <>
      {found.outcomes.length === 0 && <p>{t("preview.nothing")}</p>}
      {open.length > 0 && (
        <ul class="stack tight">
          {open.slice(0, SHOWN).map((outcome) => (
            <li key={outcome.sentence} class="row apart outcome">
              <Told>{outcome.sentence}</Told>
              <span class="row">
                <meter min={0} max={1} value={outcome.share} aria-hidden="true" />
                <b class="figures">{share(outcome.share)}</b>
              </span>
            </li>
          ))}
        </ul>
      )}
      {open.length > SHOWN && <p class="small soft">{t("preview.more", { count: open.length - SHOWN })}</p>}
      {sure.length > 0 && (
        <details open={open.length === 0}>
          <summary>{t("preview.sure", { count: sure.length })}</summary>
          <ul class="stack tight small sure">
            {sure.map(({ sentence }) => (
              <li key={sentence}>
                <Told>{sentence}</Told>
              </li>
            ))}
          </ul>
        </details>
      )}
      {found.figures.length > 0 && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("board.figure")}</th>
                {(["now", "least", "mean", "greatest"] as const).map((name) => (
                  <th key={name} scope="col" class="number">
                    {t(`preview.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.figures.slice(0, SHOWN).map((row) => (
                <tr key={row.figure}>
                  <th scope="row">{row.figure}</th>
                  {([row.now, row.least, row.mean, row.greatest]).map((value, place) => (
                    <td key={place} class="number">
                      {number(value, 3)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.certain > 0 && <p class="small soft">{t("preview.certain", { count: found.certain })}</p>}
    </>
  );
}
