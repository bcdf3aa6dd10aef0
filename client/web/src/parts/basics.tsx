// Small parts used on every page.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { dismiss, notices } from "../state/notices";
import { payoff, t, tongueOf } from "../words";

export type Stand = "unipole" | "ally" | "opponent" | "undecided";

const NEAR = 0.6;
const FAR = 0.4;

/** Where a country stands towards the unipole, by what it did so far. */
export function standOf(country: string, unipole: string, stands: number | null): Stand {
  if (country === unipole) return "unipole";
  if (stands === null) return "undecided";
  return stands > NEAR ? "ally" : stands < FAR ? "opponent" : "undecided";
}

export function LandName({ named, stand }: { named: string; stand: Stand }) {
  return (
    <span class="land">
      <span class={`dot ${stand}`} aria-hidden="true" />
      {named}
    </span>
  );
}

/** What the seat can expect from something, by its own guess. */
export function Worth({ value, label }: { value: number | null; label?: string }) {
  if (value === null) return null;
  const shown = payoff(value);
  const tone = Math.abs(value) < 0.005 ? "" : value > 0 ? "up" : "down";
  const arrow = tone === "up" ? "▲" : tone === "down" ? "▼" : "·";
  return (
    <span class={`worth ${tone}`} title={t("worth.hint")}>
      <span aria-hidden="true">{arrow}</span>
      <span>{label ?? t("worth.expect")}</span> <b>{shown}</b>
    </span>
  );
}

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map((notice) => (
        <div key={notice.id} class={`notice ${notice.tone}`}>
          <span aria-hidden="true">{notice.tone === "bad" ? "✕" : notice.tone === "good" ? "✓" : "·"}</span>
          <span>{notice.text}</span>
          <button type="button" aria-label={t("close")} onClick={() => dismiss(notice.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ComponentChildren;
  bottom?: ComponentChildren;
}

/** The browser's own dialog: it keeps the focus inside, and Escape closes it. */
export function Dialog({ title, open, onClose, children, bottom }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !box.current?.open) box.current?.showModal();
    if (!open && box.current?.open) box.current.close();
  }, [open]);
  return (
    <dialog ref={box} aria-label={title} onClose={onClose}>
      {open && (
        <>
          <div class="top">
            <h2>{title}</h2>
            <button type="button" class="button quiet square" aria-label={t("close")} onClick={onClose}>
              ✕
            </button>
          </div>
          <div class="inside">{children}</div>
          {bottom && <div class="bottom">{bottom}</div>}
        </>
      )}
    </dialog>
  );
}

/** A role sheet: paragraphs, lists and headings of Markdown, nothing else. */
export function Sheet({ text }: { text: string }) {
  const blocks = text.split(/\n\s*\n|\n(?=[-#] )/).filter((block) => block.trim() && !block.startsWith("# "));
  return (
    <div class="sheet" lang={tongueOf(text)}>
      {blocks.map((block, place) =>
        block.startsWith("#") ? (
          <h3 key={place}>{block.replace(/^#+ /, "")}</h3>
        ) : block.startsWith("- ") ? (
          <p key={place}>• {plain(block.slice(2))}</p>
        ) : (
          <p key={place}>{plain(block)}</p>
        ),
      )}
    </div>
  );
}

/** Markdown without its marks. */
export const plain = (text: string) => text.replace(/\n/g, " ").replace(/[*_`]{1,2}([^*_`]+)[*_`]{1,2}/g, "$1");

/** Words of the server; the number of a draft, 1-2, stays on one line. */
export function Told({ children }: { children: string }) {
  return <span>{children.split(/(\d+-\d+)/).map((part, place) => (place % 2 ? <span class="whole">{part}</span> : part))}</span>;
}
