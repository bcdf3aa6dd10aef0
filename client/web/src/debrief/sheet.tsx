// A debrief on the page: read from the server, laid out, and read again when the language, the light or the eyes change.
import { useEffect, useRef, useState } from "preact/hooks";
import { language, theme } from "../state/looks";
import { http, type Eyes } from "../wire/http";
import { t } from "../words";
import { lay, type Ask, type Paper } from "./paper";

const AGAIN_MS = 3000;

interface Props {
  session: string;
  token: string;
  eyes: Eyes;
  /** Changes when there is more to read. */
  edition?: number | string;
  ask?: Ask;
  /** Told each time the paper is laid out. */
  laid?: (paper: Paper) => void;
}

export function Sheet({ session, token, eyes, edition = 0, ask, laid }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(true);
  const spoken = language.value;
  const light = theme.value;
  useEffect(() => {
    let live = true;
    let timer = 0;
    const read = async () => {
      setBusy(true);
      try {
        const html = await (await http.debrief(session, token, eyes)).text();
        if (!live || !host.current) return;
        setFault("");
        const wording = { close: t("close"), turn: t("debrief.turner"), what_if: t("debrief.what_if") };
        laid?.(lay(host.current, html, { wording, dark: light, ask }));
      } catch (error) {
        if (!live) return;
        setFault((error as Error).message);
        timer = window.setTimeout(() => void read(), AGAIN_MS);
      } finally {
        if (live) setBusy(false);
      }
    };
    void read();
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [session, token, eyes, edition, spoken, light]);
  return (
    <div class="debrief-sheet" aria-busy={busy}>
      {fault ? <p class="empty">{fault}</p> : busy && <p class="empty">{t("debrief.printing")}</p>}
      <div ref={host} />
    </div>
  );
}
