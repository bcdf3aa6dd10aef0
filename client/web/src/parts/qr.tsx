// An address for cameras.
import { useMemo } from "preact/hooks";
import { encode } from "uqr";

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
