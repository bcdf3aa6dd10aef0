// The instructor's debrief: for everybody or with all secrets, the seal on them, and what-ifs.
import { useState } from "preact/hooks";
import type { RollCall } from "../debrief/paper";
import { DebriefPlace } from "../debrief/place";
import { WhatIf } from "../debrief/what_if";
import { address } from "../router";
import type { Table } from "../state/table";
import { http } from "../wire/http";
import { t } from "../words";
import { Asking, type Desk } from "./asking";

export function DebriefBoard({ table, token, code, control }: { table: Table; token: string; code: string; control: Desk }) {
  const [about, ask] = useState<RollCall | null>(null);
  const [edition, setEdition] = useState(0);
  return (
    <DebriefPlace
      table={table}
      token={token}
      open={["public", "all"]}
      back={address("run", code)}
      edition={edition}
      ask={ask}
      {...(edition > 0 ? { lead: "comparison" } : {})}
    >
      <Seal table={table} token={token} control={control} />
      <WhatIf table={table} token={token} about={about} close={() => ask(null)} played={() => setEdition((old) => old + 1)} />
    </DebriefPlace>
  );
}

/** Whether everybody may know what was secret. */
function Seal({ table, token, control }: { table: Table; token: string; control: Desk }) {
  const opened = table.state.value?.opened ?? false;
  const over = table.desk.value?.here.status === "over";
  const change = (reason: string) => async () => {
    await http.seal(table.session, token, !opened, reason);
    table.lookAround();
  };
  return (
    <>
      <span class={`tag ${opened ? "opponent" : "secret"}`}>{t(opened ? "seal.open" : "seal.closed")}</span>
      <Asking key={String(opened)} label={t(opened ? "seal.shut" : "seal.break")} style="slim" disabled={!over} control={control} wish={change}>
        <p>{t(opened ? "seal.shut_lead" : "seal.break_lead")}</p>
      </Asking>
    </>
  );
}
