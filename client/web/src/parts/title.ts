// The name of the tab, and its sign: with many tabs open, what waits for somebody is seen without looking at the page.
import { useEffect } from "preact/hooks";
import waitsIcon from "../icons/waits.svg";

const NAME = "unipole";
const CALM_ICON = "./icon.svg";

/** `waits`: how many things wait for whoever looks at this page. */
export function useTitle(text: string, waits = 0): void {
  useEffect(() => {
    document.title = `${waits ? `(${waits}) ` : ""}${text ? `${text} · ` : ""}${NAME}`;
    document.querySelector("link[rel=icon]")?.setAttribute("href", waits ? waitsIcon : CALM_ICON);
  }, [text, waits]);
}
