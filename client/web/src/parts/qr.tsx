// An address for cameras, and what to do where it leads nowhere for them.
import { useMemo } from "preact/hooks";
import { encode } from "uqr";
import { isLoopback } from "../router";
import { t } from "../words";

/** The address as a code for cameras: dark modules as one path. */
export function Qr({ text }: { text: string }) {
  const { data, size } = useMemo(() => encode(text, { border: 1 }), [text]);
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <div class="qr">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text} shape-rendering="crispEdges">
        <path d={path} />
      </svg>
    </div>
  );
}

const SERVE = "unipole serve --host 0.0.0.0";

/** How phones can join, said where the address works on this computer alone. */
export function Loopback() {
  if (!isLoopback()) return null;
  return (
    <div class="small advice stack tight">
      <p>{t("run.loopback")}</p>
      <p>
        <code>{SERVE}</code>
      </p>
    </div>
  );
}
