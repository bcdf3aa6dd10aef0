// The debrief on the projector: a part at a time, large, by keys or by a click.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Table } from "../state/table";
import { t } from "../words";
import type { Paper } from "./paper";
import { Sheet } from "./sheet";

export function Slides({ table, token, opened }: { table: Table; token: string; opened: boolean }) {
  const [paper, setPaper] = useState<Paper | null>(null);
  const [at, go] = useState(0);
  const parts = paper?.parts ?? [];
  const last = Math.max(parts.length - 1, 0);
  const end = useRef(0); // for keys, which may be pressed before the page has come to rest
  end.current = last;
  const here = parts[Math.min(at, last)];
  useEffect(() => {
    const turn = () => here && paper?.show(here.id);
    turn();
    window.addEventListener("resize", turn);
    return () => window.removeEventListener("resize", turn);
  }, [paper, here?.id]);
  useEffect(() => {
    const step = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.composedPath()[0] instanceof HTMLInputElement) return;
      const by = ["ArrowRight", "PageDown"].includes(event.key) ? 1 : ["ArrowLeft", "PageUp"].includes(event.key) ? -1 : 0;
      if (by) go((now) => Math.min(Math.max(now + by, 0), end.current));
    };
    window.addEventListener("keydown", step);
    return () => window.removeEventListener("keydown", step);
  }, []);
  return (
    <section class="slides" aria-label={t("debrief.title")}>
      <Sheet session={table.session} token={token} eyes={opened ? "all" : "public"} laid={setPaper} />
      {here && (
        <nav class="row" aria-label={t("debrief.parts")}>
          <button type="button" class="button square" data-again aria-label={t("debrief.before")} disabled={at === 0} onClick={() => go(at - 1)}>
            ←
          </button>
          <select class="select" aria-label={t("debrief.parts")} value={here.id} onChange={(event) => go(parts.findIndex((part) => part.id === event.currentTarget.value))}>
            {parts.map((part) => (
              <option key={part.id} value={part.id}>
                {part.title}
              </option>
            ))}
          </select>
          <span class="soft figures">
            {Math.min(at, last) + 1}/{parts.length}
          </span>
          <button type="button" class="button square" data-again aria-label={t("debrief.next")} disabled={at >= last} onClick={() => go(at + 1)}>
            →
          </button>
        </nav>
      )}
    </section>
  );
}
