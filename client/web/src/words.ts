// The page's own words in two languages.  A message has holes in braces; one that counts is a record of plural forms.
import en from "./messages/en.json";
import ru from "./messages/ru.json";
import { language, type Language } from "./state/looks";

type Message = string | { one: string; few?: string; many?: string; other: string };
export type Key = keyof typeof en;
export type Holes = Record<string, string | number>;

/** How many names a list gives before it counts the others. */
const NAMED_MAX = 5;

const CATALOGUES: Record<Language, Record<Key, Message>> = { en, ru };

/** A message in the chosen language; `count` chooses the plural. */
export function t(key: Key, holes: Holes = {}): string {
  const message = CATALOGUES[language.value][key];
  return filled(typeof message === "string" ? message : message[form(message, Number(holes.count ?? 0))] ?? message.other, holes);
}

/** The same for a key made of parts, such as the name of a phase; the last part itself if there is no such message. */
export function word(group: string, name: string): string {
  const key = `${group}.${name}`;
  return key in en ? t(key as Key) : name;
}

/** Whether there is a message for a key made of parts. */
export const known = (group: string, name: string): boolean => `${group}.${name}` in en;

function form(message: Exclude<Message, string>, count: number): keyof typeof message {
  const rule = new Intl.PluralRules(language.value).select(count);
  return rule in message ? (rule as keyof typeof message) : "other";
}

/** The text with its holes filled; what stands in a hole at the beginning begins with a capital. */
function filled(text: string, holes: Holes): string {
  const said = text.replace(/\{(\w+)\}/g, (hole, name: string) => String(holes[name] ?? hole));
  return text.startsWith("{") ? capital(said) : said;
}

/** The text with a capital at its beginning. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export function number(value: number, digits = 2): string {
  return new Intl.NumberFormat(language.value, { maximumSignificantDigits: digits }).format(value);
}

/** A figure as it stands in a field: with the comma or the point of the language, and no spaces. */
export function decimal(value: number): string {
  return new Intl.NumberFormat(language.value, { useGrouping: false, maximumSignificantDigits: 4 }).format(value);
}

/** A share in per cent; with places asked for, what would show as nothing and is something is said so. */
export function share(value: number, digits = 0): string {
  const least = 10 ** -(digits + 2);
  if (digits && value > 0 && value < least / 2) return t("chance.under", { share: share(least, digits) });
  return new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: digits }).format(value);
}

/** A chance in whole per cent; what is nearly never or nearly sure is said so. */
export function likelihood(chance: number): string {
  if (chance < 0.01) return t("chance.under", { share: share(0.01) });
  return chance > 0.99 ? t("chance.over", { share: share(0.99) }) : share(chance);
}

/** A payoff: two places and always a sign; what would show as a signed zero is a plain one. */
export function payoff(value: number): string {
  const shown = new Intl.NumberFormat(language.value, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });
  return shown.format(Math.abs(value) < 0.005 ? 0 : value);
}

/** How far a payoff went, as finely as a goal is set, with a sign. */
export function change(value: number): string {
  return new Intl.NumberFormat(language.value, { minimumFractionDigits: 2, maximumFractionDigits: 3, signDisplay: "exceptZero" }).format(Math.abs(value) < 0.0005 ? 0 : value);
}

/** Money in billions, as a sum that people say. */
export function money(billions: number): string {
  return billions < 1 ? t("money.million", { amount: number(billions * 1000, 3) }) : t("money.billion", { amount: number(billions, 3) });
}

/** The language of a text of a case: not every case was translated, and screen readers have to know. */
export const tongueOf = (text: string): Language => (/[а-яё]/i.test(text) ? "ru" : "en");

/** Which turn it is, or that it does not count. */
export const turnName = ({ practice, turn, turns }: { practice: boolean; turn: number; turns: number }): string => (practice ? t("turn.practice") : t("turn.of", { turn, turns }));

/** Names one after the other; the server puts no comma before the last one either. */
export function listed(names: string[]): string {
  return new Intl.ListFormat(language.value === "en" ? "en-GB" : language.value, { type: "conjunction" }).format(names);
}

/** The first names of many, and how many others there are. */
export function briefly(names: string[]): string {
  return names.length <= NAMED_MAX + 1 ? listed(names) : listed([...names.slice(0, NAMED_MAX), t("listed.others", { count: names.length - NAMED_MAX })]);
}
