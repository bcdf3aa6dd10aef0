// The debrief as the server prints it, laid out inside this page: its own style reaches nothing outside it, and nothing outside reaches it.
// The printed page has no script, so what can be pressed is added here: a turn at a time, a part at a time, and the reasons of an event in a box.

/** Words of this page that are written into the debrief. */
export interface Wording {
  close: string;
  turn: string;
  what_if: string;
}

export interface Options {
  wording: Wording;
  dark: "auto" | "light" | "dark";
  ask?: Ask | undefined;
}

/** A roll call that can be asked about: its place in the log, its title, and who has a vote. */
export interface RollCall {
  place: string;
  title: string;
  members: string[];
}

export type Ask = (about: RollCall) => void;

export interface Part {
  id: string;
  title: string;
}

export interface Paper {
  parts: Part[];
  /** Show one part alone, magnified; null shows all. */
  show: (part: string | null) => void;
  /** Bring a part into view. */
  lead: (part: string) => void;
}

const STYLE = /<style>([\s\S]*?)<\/style>/;
const HEAD = "head";
const REASONS = ["why", "check"];
const WIDE_PX = 1150;

export function lay(host: HTMLElement, html: string, options: Options): Paper {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  // The style is taken out first: the policy of this page forbids it where it stands, even in a document that is only read.
  const style = STYLE.exec(html)?.[1] ?? "";
  const printed = new DOMParser().parseFromString(html.replace(STYLE, ""), "text/html");
  shadow.adoptedStyleSheets = [styled(style, options.dark)];
  const body = document.importNode(printed.body, true);
  body.lang = printed.documentElement.lang;
  body.querySelector("header")?.setAttribute("id", HEAD);
  shadow.replaceChildren(body);
  body.addEventListener("click", (event) => follow(event, shadow, options.wording));
  turner(body, options.wording);
  if (options.ask) questions(body, options.wording, options.ask);
  const sections = [...body.querySelectorAll<HTMLElement>("main > section")].filter((section) => !REASONS.includes(section.id));
  return {
    parts: [{ id: HEAD, title: body.querySelector("h1")?.textContent ?? "" }, ...sections.map((section) => ({ id: section.id, title: section.querySelector("h2")?.textContent ?? "" }))],
    show: (part) => shown(body, part),
    lead: (part) => led(shadow, part),
  };
}

/** Its style sheet, which asks the device for the light; whoever chose a light on this page is asked no more. */
function styled(style: string, dark: Options["dark"]): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  for (const rule of sheet.cssRules) {
    if (dark !== "auto" && rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme")) rule.media.mediaText = dark === "dark" ? "screen" : "not all";
  }
  return sheet;
}

/** Links inside the page lead within it; those to reasons open them where one is. */
function follow(event: Event, shadow: ShadowRoot, wording: Wording): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  const id = link?.getAttribute("href")?.slice(1);
  if (!id) return;
  event.preventDefault();
  const reasons = shadow.getElementById(id)?.closest<HTMLElement>(".why");
  if (reasons) explain(shadow, reasons, wording);
  else led(shadow, id);
}

function led(shadow: ShadowRoot, id: string): void {
  const target = shadow.getElementById(id);
  target?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
  target?.scrollIntoView();
}

function explain(shadow: ShadowRoot, reasons: HTMLElement, wording: Wording): void {
  const box = document.createElement("dialog");
  const title = document.createElement("h2");
  title.append(...[...(reasons.querySelector("summary")?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  const list = reasons.querySelector("ul")?.cloneNode(true) as HTMLElement;
  list.removeAttribute("id");
  const close = button(wording.close, () => box.close());
  close.autofocus = true;
  box.append(title, list, close);
  box.setAttribute("aria-label", title.textContent);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => event.target === box && box.close());
  shadow.querySelector("body")?.append(box);
  box.showModal();
}

/** Alliances one turn at a time; on paper all of them. */
function turner(body: HTMLElement, wording: Wording): void {
  const rings = body.querySelector<HTMLElement>(".rings");
  const figures = [...(rings?.querySelectorAll("figure") ?? [])];
  if (!rings || figures.length < 2) return;
  const row = document.createElement("div");
  const label = document.createElement("label");
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", max: String(figures.length - 1), step: "1", value: String(figures.length - 1) });
  const name = () => figures[Number(slider.value)]?.querySelector("figcaption")?.textContent ?? "";
  const turn = () => {
    figures.forEach((figure, place) => figure.classList.toggle("now", place === Number(slider.value)));
    slider.setAttribute("aria-valuetext", name());
  };
  slider.addEventListener("input", turn);
  row.className = "turner";
  label.append(wording.turn, slider);
  row.append(label);
  rings.classList.add("single");
  rings.before(row);
  turn();
}

function questions(body: HTMLElement, wording: Wording, ask: Ask): void {
  for (const vote of body.querySelectorAll<HTMLElement>("[data-vote]")) {
    const title = vote.querySelector("h3")?.firstChild?.textContent?.trim() ?? "";
    const members = vote.dataset.members?.split(" ") ?? [];
    vote.append(button(wording.what_if, () => ask({ place: vote.dataset.vote ?? "", title, members })));
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ask";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function shown(body: HTMLElement, part: string | null): void {
  body.classList.toggle("slides", part !== null);
  body.style.zoom = part === null ? "" : String(Math.max(1, window.innerWidth / WIDE_PX));
  for (const section of body.querySelectorAll("main > section, body > header, :scope > header")) section.classList.toggle("now", section.id === part);
}
