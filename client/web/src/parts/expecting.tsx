// What one can expect, from what one knows: what each party gets, what luck decides, and what it would cost to break one's word.
import { useEffect, useState } from "preact/hooks";
import { named, within } from "../builder/fields";
import type { Table } from "../state/table";
import type { Desk, SeatAct, Weighed } from "../wire/vocabulary";
import { likelihood, number, share, t } from "../words";
import { Worth } from "./basics";
import { Why } from "./why";

export function Expecting({ desk, said }: { desk: Desk; said: Weighed }) {
  const { shares, breaches } = said;
  return (
    <>
      {shares.length > 0 ? (
        <div class="row">
          {shares.map(({ country, worth }) => (
            <Worth key={country} value={worth} label={country === desk.viewer ? t("worth.you") : named(desk, country)} />
          ))}
        </div>
      ) : (
        <OfAct said={said} />
      )}
      {breaches.map((breach) => (
        <Price key={breach.country} desk={desk} breach={breach} />
      ))}
    </>
  );
}

/** What it would cost a party to break its word. */
function Price({ desk, breach }: { desk: Desk; breach: Weighed["breaches"][number] }) {
  const { country, worth, seen } = breach;
  const holes = { who: within(desk, country), approval: share(breach.approval, 1), goodwill: number(breach.goodwill), record: number(breach.record) };
  const open = country === desk.viewer ? "expect.breach" : "expect.breach_other";
  return (
    <p class="small row">
      <span>{t(seen ? open : `${open}_secret`, holes)}</span>
      {worth !== null && (
        <>
          <Worth value={worth} label={t("expect.breach_worth")} />
          <Why about="believed" of={t("expect.breach_worth")} />
        </>
      )}
    </p>
  );
}

/** Of an order or a vote: what it is worth, and with what chance it comes off. */
export function OfAct({ said }: { said: Weighed }) {
  const { worth, chance, act } = said;
  if (worth === null && chance === null) return null;
  return (
    <span class="row">
      <Worth value={worth} />
      {chance !== null && <span class="small soft">{t(COUNCIL.has(act.kind) ? "expect.adopted" : "expect.succeeds", { chance: likelihood(chance) })}</span>}
    </span>
  );
}

const COUNCIL = new Set<SeatAct["kind"]>(["table", "declare", "vote"]);

/** The same of an act that is not drafted yet, on demand. */
export function Ask({ table, desk, act }: { table: Table; desk: Desk; act: SeatAct }) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<Weighed | null>(null);
  const asked = JSON.stringify(act);
  useEffect(() => {
    if (!open) return undefined;
    let stale = false;
    table.weigh([JSON.parse(asked) as SeatAct]).then(
      (found) => !stale && setSaid(found.acts[0] ?? null),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [asked, open, desk.here.step]);
  return (
    <div class="stack tight">
      <div>
        <button type="button" class="button quiet slim" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("expect.ask")}
        </button>
      </div>
      <div aria-live="polite">
        {open && (
          <div class="reading">
            {said ? <Expecting desk={desk} said={said} /> : <p class="soft">{t("builder.reading")}</p>}
            <p class="tiny soft">{t("worth.hint")}</p>
          </div>
        )}
      </div>
    </div>
  );
}
