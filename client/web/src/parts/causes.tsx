// Why something happened: the rules' own reasons, recomputed from the record when somebody asks.
import { useEffect, useId, useState } from "preact/hooks";
import { language } from "../state/looks";
import type { Table } from "../state/table";
import type { Line, Vocabulary } from "../wire/vocabulary";
import { t } from "../words";
import { Told } from "./basics";

type Found = Vocabulary["Why"];

export function Causes({ table, line }: { table: Table; line: Line }) {
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [fault, setFault] = useState("");
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    let stale = false;
    table.why(line.number).then(
      (why) => !stale && setFound(why),
      (error: Error) => !stale && setFault(error.message),
    );
    return () => {
      stale = true;
    };
  }, [open, line.number, language.value]);
  return (
    <>
      <button type="button" class="why word" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        {t("why.ask")}
        <span class="hidden"> {line.sentence}</span>
      </button>
      {open && (
        <div class="note causes" id={id} role="note">
          {found ? <Reasons found={found} /> : <p>{fault || t("builder.reading")}</p>}
        </div>
      )}
    </>
  );
}

function Reasons({ found }: { found: Found }) {
  if (!found.lines.length) return <p>{t("why.decision")}</p>;
  return (
    <ul class="stack tight">
      {found.lines.map((line, place) => (
        <li key={place} class={line.depth ? "under" : ""}>
          <Told>{line.text}</Told>
        </li>
      ))}
      {found.more > 0 && <li class="soft">{t("why.more", { count: found.more })}</li>}
    </ul>
  );
}
