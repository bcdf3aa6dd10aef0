// The map shows the great power whole, and no empty half of the world for the sake of an island.
import { expect, test } from "vitest";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-110m.json";
import type { FeatureCollection } from "geojson";
import { extent } from "../src/parts/extent";

type Topology = Parameters<typeof feature>[0];
const topology = atlas as unknown as Topology;
const shapes = (feature(topology, topology.objects.countries as Parameters<typeof feature>[1]) as unknown as FeatureCollection).features;
const USA = { country: "USA", longitude: -77, latitude: 38.9 };
const FRANCE = { country: "FRA", longitude: 2.3, latitude: 48.9 };
const RUSSIA = { country: "RUS", longitude: 37.6, latitude: 55.8 };

const sides = (lands: (typeof USA)[], known = shapes) => {
  const east = extent(lands, known).coordinates.map(([one = 0]) => one);
  return [Math.min(...east), Math.max(...east)];
};

test("the great power is seen from coast to coast", () => {
  expect(sides([USA, FRANCE])[0]).toBeLessThan(-120);
  expect(sides([USA, FRANCE])[0]).toBeGreaterThan(-130); // Alaska would cost an eighth of the width
});

test("far ends and possessions overseas are no reason to draw small", () => {
  expect(sides([FRANCE])[0]).toBeGreaterThan(-10); // Guiana
  expect(sides([FRANCE, RUSSIA])[1]).toBeLessThan(90);
});

test("without outlines, the spots alone", () => {
  expect(extent([USA, FRANCE], []).coordinates).toEqual([[-77, 38.9], [2.3, 48.9]]);
});

test("its west coast lies within the frame", () => {
  const lands = [USA, FRANCE, RUSSIA];
  const projection = geoNaturalEarth1().fitExtent([[24, 24], [600, 300]], extent(lands, shapes));
  const california = projection([-122.4, 37.8]);
  expect(geoPath(projection)(extent(lands, shapes))).toBeTruthy();
  expect(california?.[0]).toBeGreaterThan(23);
});
