// The world of the case: outlines for real countries, spots as large as their power.  What it shows stands beside it as a table too.
import { geoEquirectangular, geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Feature, FeatureCollection } from "geojson";
import { outlineOf } from "../lands";
import type { Desk, Land } from "../wire/vocabulary";
import { t } from "../words";
import { type Stand, standOf } from "./basics";
import { extent } from "./extent";
import { type Spot, labelled } from "./labels";
import { type Layer, ties } from "./layers";

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

/** Room around spots, and around coasts, beyond which spots do not lie. */
const MARGIN = 46;
const COAST = 24;
const WIDE = 620;
const BEND = 0.14;
/** Rings around spots: of the country that is chosen, and of the reader's own. */
const CHOSEN = 2;
const MINE = 5;

/** Spots as large as what the layer asks for, the large ones first, so that small ones lie on them. */
function placed(lands: Land[], layer: Layer, project: (at: [number, number]) => [number, number] | null, scale: number, ring: (country: string) => number): Spot[] {
  return lands
    .flatMap((land): Spot[] => {
      const at = project([land.longitude, land.latitude]);
      const size = layer === "threat" ? (land.threat ?? 0) : land.power;
      const r = (3 + 26 * Math.sqrt(size)) * scale;
      return at ? [{ land, x: at[0], y: at[1], r, edge: r + ring(land.country), label: null }] : [];
    })
    .sort((one, other) => other.r - one.r);
}

/** A line between two spots, bent so that lines to one place do not lie on each other. */
function bow(one: Spot, other: Spot): string {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  return `M${one.x} ${one.y}Q${(one.x + other.x) / 2 - dy * BEND} ${(one.y + other.y) / 2 + dx * BEND} ${other.x} ${other.y}`;
}

export function WorldMap({ desk, chosen, choose, layer = "turn" }: { desk: Desk; chosen: string; choose: (country: string) => void; layer?: Layer }) {
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
    const margin = (world ? COAST : MARGIN) / (width > WIDE ? 1 : 1.6);
    const projection = (real ? geoNaturalEarth1() : geoEquirectangular()).fitExtent(
      [
        [margin, margin],
        [width - margin, height - margin],
      ],
      extent(desk.lands, world?.features ?? []),
    );
    const path = geoPath(projection);
    // Beyond the pole there is nothing to see: as far as there is more world below, that is shown instead.
    const [[, top], [, bottom]] = path.bounds({ type: "Sphere" });
    const [across, down] = projection.translate();
    projection.translate([across, down - Math.max(0, Math.min(top, bottom - height))]);
    const ring = (country: string) => (country === desk.viewer ? MINE : country === chosen ? CHOSEN : 0);
    const named = [desk.viewer, desk.unipole, chosen, ...desk.issues.flatMap((issue) => issue.target ?? [])];
    const spots = labelled(placed(desk.lands, layer, projection, width > WIDE ? 1 : 0.7, ring), named, width, height);
    return { path, spots, grid: path(geoGraticule10()) ?? "" };
  }, [width, height, real, world, layer, chosen, desk.lands, desk.issues, desk.viewer, desk.unipole]);

  const stands = new Map(desk.lands.map((land) => [outlineOf(land.country), standOf(land.country, desk.unipole, land.stands)]));
  return (
    <div class="map" ref={box}>
      {drawn && (
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
          <path class="grid" d={drawn.grid} />
          {world?.features.map((shape: Feature) => (
            <path key={String(shape.id)} class={`land-shape ${stands.get(String(shape.id)) ?? ""}`} d={drawn.path(shape) ?? ""} />
          ))}
          {ties(desk, layer).map((tie) => {
            const [from, to] = [tie.from, tie.to].map((country) => drawn.spots.find((spot) => spot.land.country === country));
            return from && to && <path key={`${tie.from}${tie.to}${tie.kind}`} class={`tie ${tie.kind}`} pathLength={1} d={bow(from, to)} />;
          })}
          {drawn.spots.map(({ land, x, y, r }) => (
            <g key={land.country} onClick={() => choose(land.country)}>
              <Mark stand={standOf(land.country, desk.unipole, land.stands)} x={x} y={y} r={r} title={land.name} />
              {land.country === chosen && <circle class="ring" cx={x} cy={y} r={r + CHOSEN} />}
              {land.country === desk.viewer && <circle class="ring mine" cx={x} cy={y} r={r + MINE} />}
            </g>
          ))}
          {drawn.spots.map(
            ({ land, label }) =>
              label && (
                <text key={land.country} class={[desk.viewer, desk.unipole].includes(land.country) ? "key" : ""} x={label[0]} y={label[1]} text-anchor="middle">
                  {land.country}
                </text>
              ),
          )}
        </svg>
      )}
    </div>
  );
}

/** A country by its stand: the same shapes as in the legend and beside its name. */
function Mark({ stand, x, y, r, title }: { stand: Stand; x: number; y: number; r: number; title: string }) {
  const side = r * Math.SQRT2;
  return stand === "unipole" ? (
    <rect class="spot unipole" x={x - side / 2} y={y - side / 2} width={side} height={side} rx={2} transform={`rotate(45 ${x} ${y})`}>
      <title>{title}</title>
    </rect>
  ) : (
    <circle class={`spot ${stand}`} cx={x} cy={y} r={r}>
      <title>{title}</title>
    </circle>
  );
}

export function Legend({ desk, layer = "turn" }: { desk: Desk; layer?: Layer }) {
  const kinds = [...new Set(ties(desk, layer).map((tie) => tie.kind))];
  return (
    <div class="legend">
      {(["unipole", "ally", "undecided", "opponent"] as const).map((stand) => (
        <span key={stand} class="land">
          <span class={`dot ${stand}`} aria-hidden="true" />
          {t(`stand.${stand}`)}
        </span>
      ))}
      {desk.role && (
        <span class="land">
          <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
            <circle class="ring mine" cx="7" cy="7" r="6" />
          </svg>
          {t("map.you")}
        </span>
      )}
      {kinds.map((kind) => (
        <span key={kind} class="land">
          <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
            <path class={`tie ${kind}`} pathLength={1} d="M0 5H24" />
          </svg>
          {t(layer === "words" && kind === "pact" ? "map.bound" : `map.${kind}`)}
        </span>
      ))}
      <span>{t(layer === "threat" ? "map.size_threat" : "map.size")}</span>
    </div>
  );
}
