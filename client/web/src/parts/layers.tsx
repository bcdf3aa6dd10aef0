// Layers of the map: what ties countries together, one question at a time, as lines and as words.
import { named, within } from "../builder/fields";
import type { Desk } from "../wire/vocabulary";
import { briefly, share, t } from "../words";

export const LAYERS = ["turn", "power", "threat", "words", "bases", "force"] as const;
export type Layer = (typeof LAYERS)[number];
/** An agreement of more countries is no line on the map. */
const PARTIES_MAX = 5;
/** What would be written as nothing is left out. */
const SHOWN_MIN = 0.005;

export interface Tie {
  from: string;
  to: string;
  kind: "pact" | "force" | "help" | "base";
}

/** What ties countries in a layer; `turn`: the agreements and operations of this turn. */
export function ties(desk: Desk, layer: Layer): Tie[] {
  const found = {
    turn: () => [...pacts(desk, true), ...forces(desk, true)],
    power: () => [],
    threat: () => [],
    words: () => pacts(desk, false),
    bases: () => desk.lands.flatMap((host) => host.guests.map((from): Tie => ({ from, to: host.country, kind: "base" }))),
    force: () => forces(desk, false),
  }[layer]();
  const seen = new Set<string>();
  return found.filter((tie) => tie.from !== tie.to && !seen.has(JSON.stringify(tie)) && seen.add(JSON.stringify(tie)));
}

function pacts(desk: Desk, now: boolean): Tie[] {
  const { turn } = desk.here;
  return desk.commitments
    .filter((one) => one.parties.length <= PARTIES_MAX && (!now || (one.since === turn && turn > 0)))
    .flatMap(({ parties }) => parties.flatMap((from, place) => parties.slice(place + 1).map((to): Tie => ({ from, to, kind: "pact" }))));
}

function forces(desk: Desk, now: boolean): Tie[] {
  return desk.operations
    .filter((one) => one.status !== "cancelled" && (!now || one.turn === desk.here.turn))
    .flatMap((one) => [
      { from: one.leader, to: one.target, kind: "force" } as const,
      ...one.coalition.filter((part) => part.country !== one.leader).map((part): Tie => ({ from: part.country, to: one.target, kind: part.side === "attack" ? "force" : "help" })),
    ]);
}

/** The same in words, for whoever does not see the map. */
export function InWords({ desk, layer }: { desk: Desk; layer: Layer }) {
  const lines =
    layer === "power"
      ? ranked(desk, (land) => land.power)
      : layer === "threat"
        ? ranked(desk, (land) => land.threat ?? 0)
        : layer === "words"
          ? desk.commitments.map((one) => briefly(one.parties.map((party) => named(desk, party))))
          : ties(desk, layer).map((tie) => t(`map.${tie.kind}_words`, { one: within(desk, tie.from), other: within(desk, tie.to) }));
  return <p class="small soft">{lines.length ? lines.join(" · ") : t(layer === "turn" ? "map.nothing_turn" : "map.nothing")}</p>;
}

function ranked(desk: Desk, of: (land: Desk["lands"][number]) => number): string[] {
  return [...desk.lands]
    .filter((land) => of(land) >= SHOWN_MIN)
    .sort((one, other) => of(other) - of(one))
    .map((land) => `${named(desk, land.country)} ${share(of(land))}`);
}
