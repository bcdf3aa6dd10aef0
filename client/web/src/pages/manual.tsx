// The manual: the rules on two pages of paper, and the theory behind them.  The text is that of the docs.
import { useState } from "preact/hooks";
import english from "../../../../docs/tutorial/rules.md?raw";
import russian from "../../../../docs/tutorial/rules.ru.md?raw";
import { Dialog } from "../parts/basics";
import { Markdown } from "../parts/markdown";
import { Proposition, TOPICS } from "../parts/why";
import { language } from "../state/looks";
import { t } from "../words";
import { Frame } from "./frame";

const TEXTS = { en: english, ru: russian };

function Manual() {
  return (
    <>
      <Markdown text={TEXTS[language.value]} lang={language.value} />
      <section class="prose unprinted">
        <h2>{t("manual.theory")}</h2>
        <ul>
          {TOPICS.map((topic) => (
            <li key={topic}>
              <Proposition topic={topic} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

export function ManualPage() {
  return (
    <Frame>
      <div class="stack manual">
        <div class="row unprinted">
          <button type="button" class="button" onClick={() => window.print()}>
            {t("manual.print")}
          </button>
        </div>
        <Manual />
      </div>
    </Frame>
  );
}

/** The manual beside the game: a seat is not left to read it. */
export function ManualButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button quiet square" aria-label={t("manual.title")} title={t("manual.title")} onClick={() => setOpen(true)}>
        <span aria-hidden="true" class="qmark">?</span>
      </button>
      <Dialog title={t("manual.title")} open={open} onClose={() => setOpen(false)}>
        <Manual />
      </Dialog>
    </>
  );
}
