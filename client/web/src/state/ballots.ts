// Ballots that wait for a seat.
import type { Desk, DraftPaper } from "../wire/vocabulary";

/** Whether the viewer may still cast a ballot on a draft in this step. */
export const awaits = (desk: Desk, draft: DraftPaper): boolean =>
  desk.here.open.includes("vote") && draft.sealed === null && draft.options.some((option) => option.act.kind === "vote");

/** On how many drafts it may. */
export const ballotsOwed = (desk: Desk): number => desk.drafts.filter((draft) => awaits(desk, draft)).length;
