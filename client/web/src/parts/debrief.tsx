// The debrief as a file of its own, which can be projected, handed out and printed without this server.
import { useState } from "preact/hooks";
import { say } from "../state/notices";
import { http } from "../wire/http";
import { t } from "../words";
import { Dialog } from "./basics";

const GIVEN_MS = 60_000;

interface Props {
  session: string;
  token: string;
  /** Whether what was secret may be opened; only control can. */
  reveal?: boolean;
}

export function Debrief({ session, token, reveal = false }: Props) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const get = async (all: boolean) => {
    if (busy) return;
    setBusy(true);
    setAsking(false);
    try {
      const page = URL.createObjectURL(await http.debrief(session, token, all));
      const link = Object.assign(document.createElement("a"), { href: page, download: `${session}${all ? "-revealed" : ""}.html` });
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(page), GIVEN_MS);
      say(t("debrief.kept"), "good");
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="choices">
      <button type="button" class="button" aria-disabled={busy} onClick={() => void get(false)}>
        {t("debrief.get")}
      </button>
      {reveal && (
        <>
          <button type="button" class="button" aria-disabled={busy} onClick={() => setAsking(true)}>
            {t("debrief.reveal")}
          </button>
          <Dialog
            title={t("debrief.reveal")}
            open={asking}
            onClose={() => setAsking(false)}
            bottom={
              <button type="button" class="button main" onClick={() => void get(true)}>
                {t("board.go")}
              </button>
            }
          >
            <p>{t("debrief.reveal_lead")}</p>
          </Dialog>
        </>
      )}
    </div>
  );
}
