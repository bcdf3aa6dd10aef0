// The lobby and the desks over HTTP.  Addresses are relative to the page, so a path in front of it does no harm.
import { language } from "../state/looks";
import type { ControlAct, Vocabulary } from "./vocabulary";

/** A request that was refused, with the server's own sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly field: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

const BASE = () => new URL(".", document.baseURI);

async function ask<T>(method: string, path: string, token?: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "Accept-Language": language.value };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(new URL(path, BASE()), { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return said as T;
  const denial = (said ?? {}) as Partial<Vocabulary["Denial"]>;
  throw new Refused(answer.status, denial.code ?? "answer/unreadable", denial.field ?? "", denial.sentence ?? answer.statusText);
}

const at = (session: string) => `api/sessions/${encodeURIComponent(session)}`;

export const http = {
  scenarios: () => ask<Vocabulary["ScenarioCards"]>("GET", "api/scenarios"),
  find: (code: string) => ask<Vocabulary["Found"]>("GET", `api/codes/${encodeURIComponent(code)}`),
  make: (wish: Vocabulary["NewSession"]) => ask<Vocabulary["Made"]>("POST", "api/sessions", undefined, wish),
  state: (session: string) => ask<Vocabulary["PublicState"]>("GET", at(session)),
  claim: (session: string, country: string) => ask<Vocabulary["SeatToken"]>("POST", `${at(session)}/seats/${country}`),
  watch: (session: string) => ask<Vocabulary["Watching"]>("GET", `${at(session)}/watch`),
  control: (session: string, token: string, act: ControlAct) =>
    ask<Vocabulary["ControlDone"]>("POST", `${at(session)}/control`, token, act),
  panel: (session: string, token: string) => ask<Vocabulary["Panel"]>("GET", `${at(session)}/control`, token),
  desk: (session: string, token: string) => ask<Vocabulary["DeskNow"]>("GET", `${at(session)}/desk`, token),
  story: (session: string, token: string, since: number) =>
    ask<Vocabulary["Story"]>("GET", `${at(session)}/story?since=${since}`, token),
  ledger: (session: string, token: string) => ask<Vocabulary["Ledger"]>("GET", `${at(session)}/ledger`, token),
  weigh: (session: string, token: string, wish: Vocabulary["Weigh"]) =>
    ask<Vocabulary["Weighing"]>("POST", `${at(session)}/weigh`, token, wish),
};
