// Names of countries in the chosen language, and their outlines on the map.  Countries of invented cases keep the name of the case.
import codes from "i18n-iso-countries/codes.json";
import russian from "i18n-iso-countries/langs/ru.json";
import { language } from "./state/looks";

const ROWS = new Map(codes.map(([two, three, numeric]) => [three as string, { two: two as string, numeric: numeric as string }]));
const RUSSIAN = russian.countries as Record<string, string | string[]>;
/** Shorter than the list has them, as people say them. */
const SPOKEN: Record<string, string> = { RUS: "Россия", USA: "США", GBR: "Великобритания", CHN: "Китай", TUR: "Турция", KOR: "Южная Корея", PRK: "КНДР", SYR: "Сирия", IRN: "Иран" };

/** A country's name; `named` is what the server calls it. */
export function landName(country: string, named: string): string {
  const row = ROWS.get(country);
  if (language.value !== "ru" || !row || !isReal(country, named)) return named;
  const found = SPOKEN[country] ?? RUSSIAN[row.two];
  return (Array.isArray(found) ? found[0] : found) ?? named;
}

/** The number of a country's outline in the atlas of the world. */
export const outlineOf = (country: string): string | undefined => ROWS.get(country)?.numeric;

/** An invented country may have the letters of a real one; then its name begins otherwise. */
function isReal(country: string, named: string): boolean {
  const row = ROWS.get(country);
  if (!row) return false;
  const english = new Intl.DisplayNames("en", { type: "region" }).of(row.two) ?? "";
  return english.slice(0, 3).toLowerCase() === named.slice(0, 3).toLowerCase() || SPOKEN[country] !== undefined;
}
