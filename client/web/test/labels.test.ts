// A name on the map is read as that of the spot beside it, so it stands nearest to its own.
import { expect, test } from "vitest";
import { type Spot, labelled } from "../src/parts/labels";
import type { Land } from "../src/wire/vocabulary";

const spot = (country: string, x: number, y: number, r = 4, ring = 0): Spot => ({ land: { country } as Land, x, y, r, edge: r + ring, label: null });
const names = (spots: Spot[], first: string[] = []) => new Map(labelled(spots, first, 400, 300).map(({ land, label }) => [land.country, label]));

test("a name stands below its spot, and below the ring around it", () => {
  expect(names([spot("FRA", 100, 100)]).get("FRA")).toEqual([100, 116]);
  expect(names([spot("FRA", 100, 100, 4, 5)]).get("FRA")).toEqual([100, 121]);
});

test("no name stands where it would be read as that of another spot", () => {
  const close = [spot("KWT", 100, 97, 3), spot("SYR", 80, 88, 3), spot("SAU", 100, 112, 6), spot("IRQ", 98, 85, 3), spot("IRN", 120, 98, 3)];
  for (const [country, at] of names(close)) {
    const distance = ({ x, y, r }: Spot) => (at ? Math.hypot(Math.max(0, Math.abs(x - at[0]) - 12), Math.max(0, Math.abs(y - at[1] + 4.5) - 4.5)) - r : 0);
    const nearest = [...close].sort((one, other) => distance(one) - distance(other))[0];
    expect(at && nearest?.land.country).toBe(at && country);
  }
});

test("who must have a name has it where it hides least", () => {
  const crowd = [spot("FRA", 100, 100, 8), spot("ESP", 92, 118), spot("DEU", 118, 92, 9), spot("GBR", 98, 82, 9), spot("ITA", 122, 118, 6), spot("IRL", 76, 96, 9)];
  expect(names(crowd).get("FRA")).toBeNull();
  expect(names(crowd, ["FRA"]).get("FRA")).not.toBeNull();
});
