// The lobby and the desks over HTTP.  Addresses are relative to the page, so a path in front of it does no harm.
import { language } from "../state/looks";
import { t } from "../words";
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

/** Whose eyes a debrief is told through. */
export type Eyes = "public" | "own" | "all";

export type Asks = Vocabulary["TalkNow"]["heard"][number]["asks"];
export type Told = Vocabulary["TalkNow"]["heard"][number]["told"];

const BASE = () => new URL(".", document.baseURI);

async function ask<T>(method: string, path: string, token?: string, body?: unknown): Promise<T> {
  const answer = await answered(method, path, token, body);
  return (await answer.json().catch(() => null)) as T;
}

/** The answer to a request; one that was not carried out is thrown. */
async function answered(method: string, path: string, token?: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { "Accept-Language": language.value };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(new URL(path, BASE()), { method, headers, body: body === undefined ? null : JSON.stringify(body) }).catch(() => {
    throw new Refused(0, "answer/none", "", t("page.unreachable"));
  });
  if (answer.ok) return answer;
  const said: unknown = await answer.json().catch(() => null);
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
  roles: (session: string, token: string) => ask<Vocabulary["Roles"]>("GET", `${at(session)}/roles`, token),
  /** What lies before control; `about`: the query for a figure that is to be told as well. */
  panel: (session: string, token: string, about = "") => ask<Vocabulary["Panel"]>("GET", `${at(session)}/control${about}`, token),
  desk: (session: string, token: string) => ask<Vocabulary["DeskNow"]>("GET", `${at(session)}/desk`, token),
  story: (session: string, token: string, since: number) =>
    ask<Vocabulary["Story"]>("GET", `${at(session)}/story?since=${since}`, token),
  /** Why what this viewer was told as an event happened. */
  why: (session: string, token: string, event: number) => ask<Vocabulary["Why"]>("GET", `${at(session)}/why?event=${event}`, token),
  /** A page of its own, as a file. */
  debrief: (session: string, token: string, eyes: Eyes) => http.file(session, token, `debrief?eyes=${eyes}`),
  preview: (session: string, token: string, times: number) => ask<Vocabulary["Preview"]>("POST", `${at(session)}/preview`, token, { times }),
  /** A file that control may have: who took part, all tables, the log. */
  file: async (session: string, token: string, path: string) => (await answered("GET", `${at(session)}/${path}`, token)).blob(),
  purge: (session: string, token: string) => ask<Vocabulary["Proof"]>("POST", `${at(session)}/purge`, token),
  seal: (session: string, token: string, opened: boolean, reason: string) => ask<Vocabulary["Seal"]>("POST", `${at(session)}/seal`, token, { opened, reason }),
  whatIf: (session: string, token: string, wish: { event: string; act: string; games: number }) =>
    ask<Vocabulary["Forked"]>("POST", `${at(session)}/what-if`, token, wish),
  whatIfs: (session: string, token: string) => ask<Vocabulary["WhatIfs"]>("GET", `${at(session)}/what-if`, token),
  ledger: (session: string, token: string) => ask<Vocabulary["Ledger"]>("GET", `${at(session)}/ledger`, token),
  /** What a seat, or control, hears in rooms after a number. */
  hear: (session: string, token: string, since: number) =>
    ask<Vocabulary["TalkNow"]>("GET", `${at(session)}/talk?since=${since}`, token),
  say: (session: string, token: string, id: string, to: string[], text: string, asks: Asks) =>
    ask<Vocabulary["TalkNow"]>("POST", `${at(session)}/talk`, token, { id, to, text, asks }),
  /** What somebody of the white cell has seen, about an objective. */
  note: (session: string, token: string, id: string, text: string, about: string) =>
    ask<Vocabulary["TalkNow"]>("POST", `${at(session)}/talk`, token, { id, to: [], text, asks: "note", about }),
  /** Let a held message pass, or withhold it with a reason; answer a request, or decline it. */
  rule: (session: string, token: string, message: string, passes: boolean, reason: string, told: Told = "asker") =>
    ask<Vocabulary["TalkNow"]>("POST", `${at(session)}/talk/${encodeURIComponent(message)}`, token, { passes, reason, told }),
  /** The posts of the white cell, and what whoever asks may do. */
  posts: (session: string, token: string) => ask<Vocabulary["Posts"]>("GET", `${at(session)}/posts`, token),
  /** The devices of a seat, and who uses them; for its own people and control. */
  devices: (session: string, country: string, token: string) =>
    ask<Vocabulary["Devices"]>("GET", `${at(session)}/seats/${country}/devices`, token),
  /** One more device of a seat, by a token of it or by its invitation. */
  admit: (session: string, country: string, token: string) =>
    ask<Vocabulary["DeviceToken"]>("POST", `${at(session)}/seats/${country}/devices`, token),
  rename: (session: string, country: string, device: string, token: string, name: string) =>
    ask<Vocabulary["Devices"]>("PUT", `${at(session)}/seats/${country}/devices/${device}`, token, { name }),
  dismiss: (session: string, country: string, device: string, token: string) =>
    ask<Vocabulary["Devices"]>("DELETE", `${at(session)}/seats/${country}/devices/${device}`, token),
  invite: (session: string, country: string, token: string) =>
    ask<Vocabulary["Invitation"]>("POST", `${at(session)}/seats/${country}/invitation`, token),
  /** What the devices of a seat have prepared together. */
  sheet: (session: string, token: string) => ask<Vocabulary["Sheet"]>("GET", `${at(session)}/sheet`, token),
  keep: (session: string, token: string, sheet: Vocabulary["Sheet"]) => ask<Vocabulary["Sheet"]>("PUT", `${at(session)}/sheet`, token, sheet),
  weigh: (session: string, token: string, wish: Vocabulary["Weigh"]) =>
    ask<Vocabulary["Weighing"]>("POST", `${at(session)}/weigh`, token, wish),
};
