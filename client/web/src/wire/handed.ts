// A file put into the hands of whoever asked for it.
const GIVEN_MS = 60_000;

export function handed(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), GIVEN_MS);
}
