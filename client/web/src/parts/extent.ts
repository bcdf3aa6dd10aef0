// What the map has to show: each country's spot and the land around it, but not the far ends of the largest ones.
import type { Feature, MultiPoint, Position } from "geojson";
import { outlineOf } from "../lands";
import type { Land } from "../wire/vocabulary";

/** Degrees east and north of a spot: from Washington to the Pacific coast; of Russia as far as Siberia, without its islands of ice. */
const REACH = [50, 14] as const;

/** The largest part of a country without its islands and colonies overseas. */
function mainland({ geometry }: Feature): Position[] {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0] ?? []] : geometry.type === "MultiPolygon" ? geometry.coordinates.map(([ring = []]) => ring) : [];
  return rings.reduce((most, ring) => (ring.length > most.length ? ring : most), []);
}

/** The points that a projection is to bring within its frame; of outlines that have not come yet, the spots alone. */
export function extent(lands: Pick<Land, "country" | "longitude" | "latitude">[], shapes: Feature[]): MultiPoint {
  const around = lands.flatMap(({ country, longitude, latitude }) => {
    const shape = shapes.find((one) => String(one.id) === outlineOf(country));
    return shape ? mainland(shape).filter(([east = 0, north = 0]) => Math.abs(east - longitude) <= REACH[0] && Math.abs(north - latitude) <= REACH[1]) : [];
  });
  return { type: "MultiPoint", coordinates: [...lands.map((land) => [land.longitude, land.latitude]), ...around] };
}
