// A vote against its bar: every member a cell, those in favour from the left, and a line where the votes suffice.
import type { DraftPaper } from "../wire/vocabulary";
import { listed, t } from "../words";

const SIDES = ["yes", "abstain", "silent", "no"] as const;
const SIGNS: Record<(typeof SIDES)[number], string> = { yes: "✓", abstain: "–", silent: "", no: "✕" };
const LETTERS_MAX = 16;

/** `called`: the members are called one after the other, as at a roll call; `wall`: who is on which side stands below, to be read from afar. */
export function Tally({ draft, names, called = false, wall = false }: { draft: DraftPaper; names: Map<string, string>; called?: boolean; wall?: boolean }) {
  const { count } = draft;
  const members = SIDES.flatMap((side) => count[side].map((country) => ({ side, country })));
  const name = (country: string) => names.get(country) ?? country;
  const weighted = count.votes !== count.yes.length;
  const place = count.needed / Math.max(1, members.length);
  const spoken = SIDES.map((side) => `${t(`side.${side}`)}: ${count[side].length}`).join(", ");
  return (
    <div class="tally">
      <div class="track" role="img" aria-label={`${spoken}. ${count.needed ? t("tally.needed", { count: count.needed }) : t("tally.nobody")}`}>
        {members.map(({ side, country }, place) => (
          <span key={country} ref={(cell) => cell?.style.setProperty("--place", String(place))} class={`member ${side} ${called ? "called" : ""}`} title={`${name(country)}: ${t(`side.${side}`)}`}>
            {members.length <= LETTERS_MAX && <span class="letters">{country}</span>}
            <span class={members.length <= LETTERS_MAX ? "sign" : ""}>{SIGNS[side]}</span>
          </span>
        ))}
        {count.needed > 0 && !weighted && place <= 1 && <Line place={place} needed={count.needed} />}
      </div>
      <div class={wall ? "keys called-out" : "keys"}>
        {SIDES.filter((side) => !wall || count[side].length > 0).map((side) => (
          <span key={side} class="key">
            <i class={`member ${side}`} aria-hidden="true">
              {SIGNS[side]}
            </i>
            <span>
              {t(`side.${side}`)} <b>{count[side].length}</b>
            </span>
            {wall && (side !== "silent" || draft.stage === "voted") && <span class="who">{count[side].join(" ")}</span>}
          </span>
        ))}
        {weighted && <span>{t("tally.votes", { count: count.votes, needed: count.needed })}</span>}
      </div>
      {count.vetoes.length > 0 && <p class="alarm">✕ {t("tally.veto", { who: listed(count.vetoes.map(name)) })}</p>}
    </div>
  );
}

function Line({ place, needed }: { place: number; needed: number }) {
  return (
    <span class={`line ${place > 0.75 ? "late" : ""}`} ref={(line) => line?.style.setProperty("left", `calc(${place * 100}% - 2px)`)} aria-hidden="true">
      <span>{t("tally.needed", { count: needed })}</span>
    </span>
  );
}

/** Who stands where, by name. */
export function Roll({ draft, names }: { draft: DraftPaper; names: Map<string, string> }) {
  return (
    <dl class="roll">
      {SIDES.filter((side) => draft.count[side].length).map((side) => [
        <dt key={side}>{t(`side.${side}`)}</dt>,
        <dd key={`${side} who`}>{listed(draft.count[side].map((country) => names.get(country) ?? country))}</dd>,
      ])}
    </dl>
  );
}
