// Outlines for the navigation, drawn on a grid of 24.
const PATHS = {
  desk: "M4 6h16v12H4zM4 9l8 5 8-5",
  talk: "M4 5h12v9H9l-4 3v-3H4zM19 9h1v8h-1v3l-4-3h-4",
  chamber: "M4 19h16M6 19v-8M10 19v-8M14 19v-8M18 19v-8M3 11h18L12 4z",
  world: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  role: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6",
  record: "M6 4h9l4 4v12H6zM9 11h7M9 15h7M9 7h3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
