// The frame of the pages before a session.
import type { ComponentChildren } from "preact";
import { Looks } from "../parts/looks";
import { t } from "../words";

export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <div class="shell">
      <header class="bar">
        <a class="brand" href="#/">
          <img src="./icon.svg" alt="" width="28" height="28" />
          unipole
        </a>
        <a href="#/rules">{t("manual.title")}</a>
      </header>
      <main class="middle">{children}</main>
      <footer class="foot">
        <span>{t("foot")}</span>
        <Looks />
      </footer>
    </div>
  );
}
