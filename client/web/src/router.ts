// Where the page is: after the number sign, so that one file serves every address and opening a link asks nothing of the server.
import { signal } from "@preact/signals";

export type Place =
  | { page: "home" | "rules" }
  | { page: "join" | "play" | "roles" | "run" | "screen"; code: string; part: string };

function read(): Place {
  const [page = "", code = "", part = ""] = location.hash.replace(/^#\/?/, "").split("/");
  if (page === "rules") return { page };
  const known = ["join", "play", "roles", "run", "screen"] as const;
  const found = known.find((name) => name === page);
  return found && code ? { page: found, code: decoded(code).toLowerCase(), part } : { page: "home" };
}

/** A link that somebody cut in the middle of a sign leads to no session, and says so. */
function decoded(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

export const place = signal<Place>(read());
window.addEventListener("hashchange", () => {
  place.value = read();
  window.scrollTo(0, 0);
});

/** Whether other devices cannot follow a link to this page. */
export const isLoopback = (): boolean => /^(localhost|127\.|\[::1\])/.test(location.hostname);

type Coded = Extract<Place, { code: string }>["page"];
export const address = (page: Coded, code: string, part = ""): string => `#/${page}/${code}${part && `/${part}`}`;
export function go(page: Coded, code: string, part = ""): void {
  location.hash = address(page, code, part);
}

/** From a seat's page to its debrief. */
export function toDebrief(): void {
  const here = place.value;
  if ("code" in here) go(here.page, here.code, "debrief");
}
