// The frame of the pages before a session.
import type { ComponentChildren } from "preact";
import { Looks } from "../parts/looks";
import { useTitle } from "../parts/title";
import { t } from "../words";

/** `title`: what the tab is called, besides the name of the program. */
export function Frame({ title = "", waits = 0, broad = false, children }: { title?: string; waits?: number; broad?: boolean; children: ComponentChildren }) {
  useTitle(title, waits);
  return (
    <div class={`shell ${broad ? "broad" : ""}`}>
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

/** Where a session was whose people were removed, or whose key is void. */
export function Gone() {
  return (
    <Frame>
      <p class="empty">
        {t("run.gone")} <a href="#/">{t("join.another")}</a>
      </p>
    </Frame>
  );
}
