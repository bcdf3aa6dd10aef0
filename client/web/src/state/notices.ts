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

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
