// Full jitter: a random wait between 0 and a bound that doubles, so that a class that lost its network does not return all at once.
export const FIRST_MS = 250;
export const LARGEST_MS = 8000;

export function wait(failures: number, chance: () => number = Math.random): number {
  return chance() * Math.min(LARGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
}
