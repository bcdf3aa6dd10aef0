// Removing people when all is over: what they typed, their tokens and what they said go; the game stays, and the proof says so.
import { useState } from "preact/hooks";
import { Dialog } from "../parts/basics";
import { say } from "../state/notices";
import { handed } from "../wire/handed";
import { http } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t } from "../words";

type Proof = Vocabulary["Proof"];
const HASH_SHOWN = 16;

export function Purge({ session, token }: { session: string; token: string }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const [proof, setProof] = useState<Proof | null>(null);
  const go = async () => {
    setBusy(true);
    try {
      setProof(await http.purge(session, token));
      setOpen(false);
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      setBusy(false);
    }
  };
  if (proof) return <Shown proof={proof} />;
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {t("purge.label")}
      </button>
      <Dialog
        title={t("purge.title")}
        open={open}
        onClose={() => setOpen(false)}
        bottom={
          <button type="button" class="button main" aria-disabled={busy} disabled={!sure || busy} onClick={() => void go()}>
            {t("purge.go")}
          </button>
        }
      >
        <div class="stack">
          <p>{t("purge.lead")}</p>
          <label class="check">
            <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
            <span>{t("purge.sure")}</span>
          </label>
        </div>
      </Dialog>
    </>
  );
}

function Shown({ proof }: { proof: Proof }) {
  const keep = () => handed(new Blob([JSON.stringify(proof, null, 2)], { type: "application/json" }), `${proof.session}-purge.json`);
  return (
    <section class="card stack tight" aria-labelledby="purged" role="status">
      <h3 id="purged">{t("purge.done")}</h3>
      <p>{t("purge.removed", { words: proof.removed.words, said: proof.removed.said, shelf: proof.removed.shelf.length })}</p>
      <p class="small">
        {t("purge.hashes", { before: proof.log_before.slice(0, HASH_SHOWN), after: proof.log_after.slice(0, HASH_SHOWN) })} {t(proof.replays ? "purge.replays" : "purge.broken")}
      </p>
      <div class="row">
        <button type="button" class="button slim" onClick={keep}>
          {t("purge.keep")}
        </button>
      </div>
    </section>
  );
}
