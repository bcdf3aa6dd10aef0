// The world of the case: outlines for real countries, spots as large as their power.  What it shows stands beside it as a table too.
import { geoEquirectangular, geoGraticule10, geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Feature, FeatureCollection } from "geojson";
import { landName, outlineOf } from "../lands";
import type { Desk, Land } from "../wire/vocabulary";
import { t } from "../words";
import { standOf } from "./basics";

type Outlines = FeatureCollection;
let outlines: Promise<Outlines> | null = null;

/** The outlines are large, so they come only when a map is shown. */
function loaded(): Promise<Outlines> {
  outlines ??= Promise.all([import("topojson-client"), import("world-atlas/countries-110m.json")]).then(([{ feature }, atlas]) => {
    const topology = atlas.default as unknown as Parameters<typeof feature>[0];
    return feature(topology, topology.objects.countries as Parameters<typeof feature>[1]) as unknown as Outlines;
  });
  return outlines;
}

const MARGIN = 46;
const WIDE = 620;
const LABEL_W = 30;
const LABEL_H = 13;
const PARTIES_MAX = 5;
const BEND = 0.14;

interface Spot {
  land: Land;
  x: number;
  y: number;
  r: number;
  label: { x: number; y: number } | null;
}

function spots(lands: Land[], project: (at: [number, number]) => [number, number] | null, scale: number): Spot[] {
  const found = lands
    .map((land) => {
      const at = project([land.longitude, land.latitude]);
      return at && { land, x: at[0], y: at[1], r: (3 + 26 * Math.sqrt(land.power)) * scale, label: null };
    })
    .filter((spot): spot is Spot & { label: null } => spot !== null)
    .sort((one, other) => other.r - one.r) as Spot[];
  const taken: [number, number][] = [];
  for (const spot of found) {
    const { x, y, r } = spot;
    const tries: [number, number][] = [
      [x, y + r + 12],
      [x, y - r - 4],
      [x + r + 17, y + 4],
      [x - r - 17, y + 4],
      [x + r + 14, y + r + 12],
      [x - r - 14, y - r - 4],
    ];
    const free = tries.find(([a, b]) => taken.every(([c, d]) => Math.abs(a - c) > LABEL_W || Math.abs(b - d) > LABEL_H) && clear(found, spot, a, b));
    if (free) {
      spot.label = { x: free[0], y: free[1] };
      taken.push(free);
    }
  }
  return found;
}

/** Whether a label would lie on nobody else's spot. */
function clear(all: Spot[], own: Spot, x: number, y: number): boolean {
  return all.every((spot) => spot === own || Math.abs(spot.x - x) > spot.r + 12 || Math.abs(spot.y - (y - 4)) > spot.r + 5);
}

export interface Tie {
  from: string;
  to: string;
  kind: "pact" | "force" | "help";
}

/** What this turn tied together: open agreements that were made, operations with those who attack, and those who help the target. */
export function ties(desk: Desk): Tie[] {
  const { turn } = desk.here;
  const pacts = desk.commitments
    .filter((one) => one.since === turn && turn > 0 && one.parties.length <= PARTIES_MAX)
    .flatMap(({ parties }) => parties.flatMap((from, place) => parties.slice(place + 1).map((to): Tie => ({ from, to, kind: "pact" }))));
  const forces = desk.operations
    .filter((one) => one.turn === turn && one.status !== "cancelled")
    .flatMap((one) => [
      { from: one.leader, to: one.target, kind: "force" } as const,
      ...one.coalition.filter((part) => part.country !== one.leader).map((part): Tie => ({ from: part.country, to: one.target, kind: part.side === "attack" ? "force" : "help" })),
    ]);
  const seen = new Set<string>();
  return [...pacts, ...forces].filter((tie) => tie.from !== tie.to && !seen.has(JSON.stringify(tie)) && seen.add(JSON.stringify(tie)));
}

/** A line between two spots, bent so that lines to one place do not lie on each other. */
function bow(one: Spot, other: Spot): string {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  return `M${one.x} ${one.y}Q${(one.x + other.x) / 2 - dy * BEND} ${(one.y + other.y) / 2 + dx * BEND} ${other.x} ${other.y}`;
}

export function WorldMap({ desk, chosen, choose }: { desk: Desk; chosen: string; choose: (country: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [world, setWorld] = useState<Outlines | null>(null);
  const real = desk.lands.filter((land) => outlineOf(land.country)).length > desk.lands.length / 2;
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (real) void loaded().then(setWorld);
  }, [real]);

  const height = Math.round(width * (width > WIDE ? 0.52 : 0.72));
  const drawn = useMemo(() => {
    if (!width) return null;
    const points: GeoPermissibleObjects = { type: "MultiPoint", coordinates: desk.lands.map((land) => [land.longitude, land.latitude]) };
    const margin = width > WIDE ? MARGIN : MARGIN / 1.6;
    const projection = (real ? geoNaturalEarth1() : geoEquirectangular()).fitExtent(
      [
        [margin, margin],
        [width - margin, height - margin],
      ],
      points,
    );
    const path = geoPath(projection);
    return { path, spots: spots(desk.lands, (at) => projection(at), width > WIDE ? 1 : 0.7), grid: path(geoGraticule10()) ?? "" };
  }, [width, height, real, desk.lands]);

  const stands = new Map(desk.lands.map((land) => [outlineOf(land.country), standOf(land.country, desk.unipole, land.stands)]));
  return (
    <div class="map" ref={box}>
      {drawn && (
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
          <path class="grid" d={drawn.grid} />
          {world?.features.map((shape: Feature) => (
            <path key={String(shape.id)} class={`land-shape ${stands.get(String(shape.id)) ?? ""}`} d={drawn.path(shape) ?? ""} />
          ))}
          {ties(desk).map((tie) => {
            const [from, to] = [tie.from, tie.to].map((country) => drawn.spots.find((spot) => spot.land.country === country));
            return from && to && <path key={`${tie.from}${tie.to}${tie.kind}`} class={`tie ${tie.kind}`} pathLength={1} d={bow(from, to)} />;
          })}
          {drawn.spots.map(({ land, x, y, r }) => (
            <g key={land.country} onClick={() => choose(land.country)}>
              <circle class={`spot ${standOf(land.country, desk.unipole, land.stands)} ${chosen === land.country ? "chosen" : ""}`} cx={x} cy={y} r={r}>
                <title>{landName(land.country, land.name)}</title>
              </circle>
              {land.country === desk.viewer && <circle class="mine" cx={x} cy={y} r={r + 4} />}
            </g>
          ))}
          {drawn.spots.map(
            ({ land, label }) =>
              label && (
                <text key={land.country} x={label.x} y={label.y} text-anchor="middle">
                  {land.country}
                </text>
              ),
          )}
        </svg>
      )}
    </div>
  );
}

export function Legend({ desk }: { desk: Desk }) {
  const kinds = [...new Set(ties(desk).map((tie) => tie.kind))];
  return (
    <div class="legend">
      {(["unipole", "ally", "undecided", "opponent"] as const).map((stand) => (
        <span key={stand} class="land">
          <span class={`dot ${stand}`} aria-hidden="true" />
          {t(`stand.${stand}`)}
        </span>
      ))}
      {kinds.map((kind) => (
        <span key={kind} class="land">
          <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
            <path class={`tie ${kind}`} pathLength={1} d="M0 5H24" />
          </svg>
          {t(`map.${kind}`)}
        </span>
      ))}
      <span>{t("map.size")}</span>
    </div>
  );
}
