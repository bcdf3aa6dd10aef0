// Where the names of countries stand on the map: on no spot and no other name, and within it.  Some may not be left out.
import type { Land } from "../wire/vocabulary";

export interface Spot {
  land: Land;
  x: number;
  y: number;
  r: number;
  label: At | null;
}
type At = [number, number];

const WIDE = 30;
const HIGH = 13;
const HALF = 15;

/** Names for as many spots as have room.  Whoever is in `first` chooses before all others, and has a name even where it lies on a spot. */
export function labelled(spots: Spot[], first: string[], width: number, height: number): Spot[] {
  const rank = ({ land }: Spot) => (first.includes(land.country) ? first.indexOf(land.country) : first.length);
  const taken: At[] = [];
  const names = new Map<Spot, At>();
  for (const spot of [...spots].sort((one, other) => rank(one) - rank(other))) {
    const room = around(spot).filter(
      ([x, y]) => x > HALF && x < width - HALF && y > HIGH && y < height - HIGH / 2 && taken.every(([a, b]) => Math.abs(a - x) > WIDE || Math.abs(b - y) > HIGH),
    );
    const at = room.find((one) => bare(spots, spot, one)) ?? (rank(spot) < first.length ? room[0] : undefined);
    if (!at) continue;
    names.set(spot, at);
    taken.push(at);
  }
  return spots.map((spot) => ({ ...spot, label: names.get(spot) ?? null }));
}

/** Places near a spot, the best first: below and above it, beside it, across its corners. */
function around({ x, y, r }: Spot): At[] {
  return [
    [x, y + r + 12],
    [x, y - r - 4],
    [x + r + 17, y + 4],
    [x - r - 17, y + 4],
    [x + r + 14, y + r + 12],
    [x - r - 14, y - r - 4],
    [x - r - 14, y + r + 12],
    [x + r + 14, y - r - 4],
  ];
}

/** Whether a name would lie on nobody else's spot. */
function bare(spots: Spot[], own: Spot, [x, y]: At): boolean {
  return spots.every((spot) => spot === own || Math.abs(spot.x - x) > spot.r + 12 || Math.abs(spot.y - (y - 4)) > spot.r + 5);
}
