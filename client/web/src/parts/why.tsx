// Why the game has what it has: one catalogue of propositions with their authors, shown where it matters and in the manual.
import { useId, useState } from "preact/hooks";
import { language } from "../state/looks";
import catalogue from "../theory.json";
import { t } from "../words";

export type Topic = keyof typeof catalogue;
export const TOPICS = Object.keys(catalogue) as Topic[];

/** A question mark that opens a sentence of theory, by click, touch or key. */
export function Why({ about, of }: { about: Topic; of: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button type="button" class="why" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={t("why", { what: of })} title={t("why", { what: of })} onClick={() => setOpen(!open)}>
        ?
      </button>
      {open && (
        <span class="note" id={id} role="note">
          <Proposition topic={about} />
        </span>
      )}
    </>
  );
}

export function Proposition({ topic }: { topic: Topic }) {
  const found = catalogue[topic];
  return (
    <>
      {found[language.value]}{" "}
      <cite>{found.who[language.value]}</cite>
    </>
  );
}
