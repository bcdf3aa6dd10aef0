// Holes of a sentence: each kind of value has one control, for clauses of an offer and for orders alike.
import { useState } from "preact/hooks";
import type { Desk } from "../wire/vocabulary";
import { decimal, known, listed, t, word } from "../words";
import { figure } from "./figure";

export interface Hole {
  name: string;
  type: "country" | "issue" | "amount" | "share" | "turn" | "flag" | readonly string[];
  optional?: true;
}

export type Values = Record<string, unknown>;

export const hole = (name: string, type: Hole["type"]): Hole => ({ name, type });
export const maybe = (name: string, type: Hole["type"]): Hole => ({ name, type, optional: true });

export const CHOICES = ["yes", "no", "abstain"] as const;
export const LEVELS = ["statement", "token", "full"] as const;

/** A value to begin with. */
export function start(spec: Hole, desk: Desk, others: string[]): unknown {
  if (spec.optional) return null;
  switch (spec.type) {
    case "country":
      return others[0] ?? desk.unipole;
    case "issue":
      return desk.issues[0]?.id ?? "";
    case "amount":
      return Number(((desk.role?.means ?? 1) / 4).toPrecision(1));
    case "share":
      return spec.name === "guns" ? (desk.role?.guns ?? 0.02) : 0.1;
    case "turn":
      return desk.here.turns;
    case "flag":
      return true;
    default:
      return spec.type[0];
  }
}

/** The largest amount that the rules know, in billions. */
const AMOUNT_MAX = 10_000;

interface Props {
  spec: Hole;
  desk: Desk;
  value: unknown;
  change: (value: unknown) => void;
  /** Countries to choose from; all, if nothing is said. */
  among?: string[];
}

export function Field({ spec, desk, value, change, among }: Props) {
  const shown = known("hole", spec.name);
  const label = word(shown ? "hole" : "label", spec.name);
  const none = spec.optional ? <option value="">{t("hole.any")}</option> : null;
  const pick = (options: [value: string, text: string][]) => (
    <label class="row">
      <span class={shown ? "" : "hidden"}>{label}</span>
      <select value={String(value ?? "")} onChange={(event) => change(event.currentTarget.value || null)}>
        {none}
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  switch (spec.type) {
    case "country":
      return pick((among ?? desk.lands.map((land) => land.country)).map((code) => [code, named(desk, code)]));
    case "issue":
      return pick(desk.issues.map((issue) => [issue.id, issue.title]));
    case "turn":
      return pick(Array.from({ length: desk.here.turns - desk.here.turn + 1 }, (_, k) => desk.here.turn + k).map((turn) => [String(turn), String(turn)]));
    case "flag":
      return (
        <label class="check">
          <input type="checkbox" checked={value === true} onChange={(event) => change(event.currentTarget.checked)} />
          <span>{label}</span>
        </label>
      );
    case "amount":
    case "share":
      return <Figure spec={spec} value={value} change={change} label={label} shown={shown} />;
    default:
      return pick(spec.type.map((name) => [name, word(`value.${spec.name}`, name)]));
  }
}

/** An amount in billions, or a share typed in per cent; with a comma or a point, whatever the browser's own language writes. */
function Figure({ spec, value, change, label, shown }: { spec: Hole; value: unknown; change: (value: unknown) => void; label: string; shown: boolean }) {
  const [scale, most] = spec.type === "share" ? [100, 1] : [1, AMOUNT_MAX];
  const said = (text: string): number | null => {
    const found = figure(text);
    return found === null ? null : Math.min(found / scale, most);
  };
  const [typed, type] = useState("");
  const own = typeof value === "number" ? decimal(value * scale) : "";
  return (
    <label class="row">
      <span class={shown ? "" : "hidden"}>{label}</span>
      <input
        inputMode="decimal"
        autocomplete="off"
        value={typed !== "" && said(typed) === value ? typed : own}
        onInput={(event) => {
          type(event.currentTarget.value);
          change(said(event.currentTarget.value));
        }}
      />
      <span>{t(spec.type === "share" ? "unit.percent" : "unit.billion")}</span>
    </label>
  );
}

/** What a country is called where its name stands alone. */
export function named(desk: Desk, country: string): string {
  return desk.lands.find((land) => land.country === country)?.name ?? country;
}

/** What countries are called inside a sentence. */
export function within(desk: Desk, ...countries: string[]): string {
  return listed(countries.map((country) => desk.lands.find((land) => land.country === country)?.within ?? country));
}
