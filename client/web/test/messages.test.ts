// Both languages say everything, with the same holes; what counts has every plural form of its language.
import { expect, test } from "vitest";
import en from "../src/messages/en.json";
import ru from "../src/messages/ru.json";

type Message = string | Record<string, string>;
const CATALOGUES: Record<string, Record<string, Message>> = { en, ru };

const holes = (message: Message): string[] =>
  typeof message === "string" ? [...message.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort() : [...new Set(Object.values(message).flatMap(holes))].sort();

export function differences(one: Record<string, Message>, other: Record<string, Message>): string[] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.filter((key) => {
    const [here, there] = [one[key], other[key]];
    return here === undefined || there === undefined || typeof here !== typeof there || String(holes(here)) !== String(holes(there));
  });
}

test("English and Russian have the same messages with the same holes", () => {
  expect(differences(en, ru)).toEqual([]);
  expect(Object.keys(en).length).toBeGreaterThan(250);
});

test("a message that is missing, or has lost a hole, is found", () => {
  expect(differences({ a: "{x}", b: "" }, { a: "x", c: "" })).toEqual(["a", "b", "c"]);
});

test("every plural form of the language is there", () => {
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const message of Object.values(catalogue)) {
      if (typeof message !== "string") expect(Object.keys(message).sort()).toEqual([...needed].sort());
    }
  }
});

test("no Russian message is left in English", () => {
  const same = Object.entries(ru as Record<string, Message>).filter(([key, text]) => text === (en as Record<string, Message>)[key] && /[a-z]{3}/i.test(String(text)));
  expect(same).toEqual([]);
});
