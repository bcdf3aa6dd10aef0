"""What a program can see of a picture of the page: cut text, things that lie on each other, a page that scrolls sideways, lost names."""

from __future__ import annotations

from playwright.sync_api import Page

SEEN = """() => {
  const open = document.querySelector("dialog[open]"), root = open ?? document.body, slack = 2, found = [];
  const style = (one) => getComputedStyle(one);
  const shown = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true}) && one.getClientRects().length > 0;
  const name = (one) => `${one.tagName.toLowerCase()}.${one.className} "${(one.innerText ?? "").trim().slice(0, 40)}"`;
  const deep = (one) => [...one.querySelectorAll("*")].flatMap((part) => (part.shadowRoot ? [part, ...deep(part.shadowRoot)] : [part]));
  const all = deep(root).filter((one) => one instanceof HTMLElement && shown(one));
  const spoken = (one) => [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const hidden = (one) => one.closest(".hidden, .skip") !== null;
  for (const one of all.filter((one) => spoken(one) && !hidden(one) && style(one).display !== "inline")) {
    const {overflowX, textOverflow} = style(one);
    const meant = overflowX === "auto" || overflowX === "scroll" || textOverflow === "ellipsis";
    if (!meant && one.scrollWidth > one.clientWidth + slack)
      found.push(`cut: ${name(one)} needs ${one.scrollWidth} of ${one.clientWidth} px`);
  }
  const floats = (one) => one !== root && one && (["fixed", "sticky"].includes(style(one).position) || floats(one.parentElement));
  const solid = "button, a[href], select, input, textarea, summary, .tag, h1, h2, h3";
  const pressed = all.filter((one) => one.matches(solid) && !hidden(one) && !floats(one));
  const boxes = pressed.map((one) => [one, one.getBoundingClientRect()]);
  for (const [place, [one, a]] of boxes.entries())
    for (const [other, b] of boxes.slice(place + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const apart = across <= slack || down <= slack || one.contains(other) || other.contains(one);
      if (!apart) found.push(`overlap: ${name(one)} and ${name(other)}`);
    }
  for (const map of root.querySelectorAll(".map svg")) {
    const sea = map.getBoundingClientRect();
    const names = [...map.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
    for (const [text, a] of names) {
      const within = a.left > sea.left - slack && a.right < sea.right + slack && a.top > sea.top - slack && a.bottom < sea.bottom + slack;
      if (!within) found.push(`cut: ${text} on the map`);
    }
    for (const [place, [text, a]] of names.entries())
      for (const [other, b] of names.slice(place + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > slack && down > slack) found.push(`overlap: ${text} and ${other} on the map`);
      }
    const wanted = map.querySelectorAll("g:has(.mine, .spot.unipole)").length, named = map.querySelectorAll("text.key").length;
    if (named < wanted) found.push(`nameless: ${wanted - named} of ${wanted} on the map, the reader's own country or the great power`);
  }
  for (const one of deep(root).filter((one) => one instanceof SVGTextElement && shown(one))) {
    const high = parseFloat(style(one).fontSize) * (one.getScreenCTM()?.a ?? 1);
    const readable = one.closest(".chart") ? 10.8 : 7.5;
    if (high < readable) found.push(`tiny: "${one.textContent}" in a drawing, ${high.toFixed(1)} px`);
  }
  const drawn = deep(root).filter((one) => one.matches("svg.chart") && shown(one)), wide = document.documentElement.clientWidth;
  for (const chart of drawn) {
    const letters = [...chart.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
    for (const [place, [text, a]] of letters.entries()) {
      if (a.left < -slack || a.right > wide + slack) found.push(`cut: "${text}" in a drawing`);
      for (const [other, b] of letters.slice(place + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > slack && down > 2 * slack) found.push(`overlap: "${text}" and "${other}" in a drawing`);
      }
    }
  }
  for (const one of drawn.length > 0 ? all : []) {
    const scrolls = ["auto", "scroll"].includes(style(one).overflowX) && one.clientWidth > 0;
    if (scrolls && one.scrollWidth > one.clientWidth + slack) found.push(`sideways: ${name(one)} of the debrief`);
  }
  const page = open?.querySelector(".inside") ?? document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push(`sideways: ${page.scrollWidth} of ${page.clientWidth} px`);
  return found;
}"""
"""Only what is open is looked at: a dialog, or the page.  What floats above the page (heads, tabs, notices) may lie on it.
Letters of a chart are read on a phone, and nothing in a debrief scrolls sideways by itself.
A map may leave names out, but not that of the reader's country or of the great power."""


def flaws(page: Page) -> list[str]:
    """What is wrong with the page as it is."""
    found: list[str] = page.evaluate(SEEN)
    return found
