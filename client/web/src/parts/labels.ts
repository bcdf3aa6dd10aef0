// Where the names of countries stand on the map: nearer to their own spot than to any other, on no other name, and within it.  Some may not be left out.
import type { Land } from "../wire/vocabulary";

export interface Spot {
  land: Land;
  x: number;
  y: number;
  r: number;
  /** How far what is drawn of it reaches, a ring around it too. */
  edge: number;
  label: At | null;
}
type At = [number, number];

const WIDE = 30;
const HIGH = 13;
const HALF = 15;
/** Half of what the letters of a name take, and how far above its foot their middle is. */
const LETTERS = [12, 4.5] as const;
/** Nearer to another spot than to its own by no more than this, a name is still read right. */
const SLACK = 0.5;

/** Names for as many spots as have room.  Whoever is in `first` chooses before all others, and has a name even where it lies on a spot:
 * there where it hides least. */
export function labelled(spots: Spot[], first: string[], width: number, height: number): Spot[] {
  const rank = ({ land }: Spot) => (first.includes(land.country) ? first.indexOf(land.country) : first.length);
  const taken: At[] = [];
  const names = new Map<Spot, At>();
  for (const spot of [...spots].sort((one, other) => rank(one) - rank(other))) {
    const room = around(spot).filter(
      ([x, y]) => x > HALF && x < width - HALF && y > HIGH && y < height - HIGH / 2 && taken.every(([a, b]) => Math.abs(a - x) > WIDE || Math.abs(b - y) > HIGH),
    );
    const clear = (one: At) => Math.min(...spots.map((other) => (other === spot ? Infinity : gap(other, one)))) - gap(spot, one);
    const at = room.find((one) => clear(one) > -SLACK) ?? (rank(spot) < first.length ? room.sort((one, other) => clear(other) - clear(one))[0] : undefined);
    if (!at) continue;
    names.set(spot, at);
    taken.push(at);
  }
  return spots.map((spot) => ({ ...spot, label: names.get(spot) ?? null }));
}

/** Places near a spot, the best first: below and above it, beside it, across its corners. */
function around({ x, y, edge: r }: Spot): At[] {
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

/** The space between a name and what is drawn of a spot. */
function gap(spot: Spot, [x, y]: At): number {
  const [wide, high] = LETTERS;
  return Math.hypot(Math.max(0, Math.abs(spot.x - x) - wide), Math.max(0, Math.abs(spot.y - (y - high)) - high)) - spot.edge;
}
