// Outlines of countries on the map.  What they are called, the server says.
import codes from "i18n-iso-countries/codes.json";

const NUMBERS = new Map(codes.map(([, three, numeric]) => [three as string, numeric as string]));

/** The number of a country's outline in the atlas of the world. */
export const outlineOf = (country: string): string | undefined => NUMBERS.get(country);
