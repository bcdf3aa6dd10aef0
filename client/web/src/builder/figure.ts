// Figures as people type them.

/** What a text says, with a comma or a point before the fraction; null as long as it says no figure that is at least zero. */
export function figure(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}
