// Short messages that go by themselves; read aloud by screen readers.
import { signal } from "@preact/signals";

export interface Notice {
  id: number;
  text: string;
  tone: "good" | "bad" | "plain";
}

const STAY_MS = 5000;
const FAULT_MS = 9000;
const KEPT = 2;
let last = 0;
export const notices = signal<Notice[]>([]);

export function say(text: string, tone: Notice["tone"] = "plain"): void {
  const id = ++last;
  const others = notices.value.filter((notice) => notice.text !== text); // the same words twice are said once
  notices.value = [...others.slice(1 - KEPT), { id, text, tone }];
  window.setTimeout(() => dismiss(id), tone === "bad" ? FAULT_MS : STAY_MS);
}

/** A step has closed: what was said in it is of the past, but for a refusal, which is still to be read; at the end that too. */
export function turnOver(over: boolean): void {
  notices.value = over ? [] : notices.value.filter((notice) => notice.tone === "bad");
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
