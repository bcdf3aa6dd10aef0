// Pages that are not needed on a first visit: each comes when it is wanted, or when the first has come to rest.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../words";

const REST_MS = 300;

/** A page in a file of its own. */
export function later<Props extends object>(fetch: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const found = signal<ComponentType<Props> | null>(null);
  const lost = signal(false);
  const get = () =>
    fetch().then(
      (page) => {
        found.value = page;
      },
      () => {
        lost.value = true;
      },
    );
  // Whoever reads the first page does not wait for the others, and has them when they are wanted.
  window.addEventListener("load", () => setTimeout(() => void get(), REST_MS));
  return function Later(props: Props) {
    useEffect(() => {
      if (!found.value) void get();
    }, []);
    const Page = found.value;
    if (Page) return <Page {...props} />;
    if (!lost.value) return <p class="empty">{t("play.loading")}</p>;
    return (
      <p class="empty">
        {t("page.lost")}{" "}
        <button type="button" class="button slim" onClick={() => location.reload()}>
          {t("page.again")}
        </button>
      </p>
    );
  };
}
