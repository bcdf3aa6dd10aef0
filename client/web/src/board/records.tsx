// Records: what a teacher needs for marks, what research needs, and the log itself.  They hold what was secret.
import { useState } from "preact/hooks";
import { say } from "../state/notices";
import { handed } from "../wire/handed";
import { http } from "../wire/http";
import { t, type Key } from "../words";
import { Purge } from "./purge";

const FILES: [label: Key, path: string, ending: string][] = [
  ["records.participation", "records/participation", "participation.csv"],
  ["records.people", "records/people", "people.csv"],
  ["records.names", "records/people?names=true", "people-names.csv"],
  ["records.tables", "records", "records.zip"],
  ["records.log", "log", "log.jsonl"],
];

export function Records({ session, token, over }: { session: string; token: string; over: boolean }) {
  const [busy, setBusy] = useState("");
  const get = async (path: string, ending: string) => {
    if (busy) return;
    setBusy(path);
    try {
      handed(await http.file(session, token, path), `${session}-${ending}`);
    } catch (error) {
      say((error as Error).message, "bad");
    } finally {
      setBusy("");
    }
  };
  return (
    <section class="stack tight" aria-labelledby="records">
      <h2 id="records">{t("records.title")}</h2>
      <p class="small soft">{t(over ? "records.lead" : "records.early")}</p>
      <div class="choices">
        {FILES.map(([label, path, ending]) => (
          <button key={path} type="button" class="button slim" aria-disabled={busy === path} onClick={() => void get(path, ending)}>
            {t(label)}
          </button>
        ))}
        {over && <Purge session={session} token={token} />}
      </div>
    </section>
  );
}
