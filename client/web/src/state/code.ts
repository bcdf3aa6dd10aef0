// Codes as people type them: with gaps, in capitals, or with the letters of a Russian keyboard that look the same.

const LOOK_ALIKE: Record<string, string> = { а: "a", в: "b", е: "e", к: "k", м: "m", н: "h", р: "p", с: "c", т: "t", у: "y", х: "x" };

/** A code as the server knows it. */
export const typed = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[авекмнрстух]/g, (letter) => LOOK_ALIKE[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Whether it can be a code of a seat: such a code goes where only these signs may go. */
export const plausible = (code: string): boolean => /^[a-z0-9]+$/.test(code);
