"""What a program can see of a picture of the page: cut text, broken words, ragged columns, overlaps, a page that scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Page

WIDTHS = (360, 500, 700, 820, 1000, 1366)
"""A phone, a phone held across, tablets, a window beside another, a laptop."""

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
  for (const one of all.filter((one) => drawn.length > 0 || one.matches(".scroll"))) {
    const scrolls = ["auto", "scroll"].includes(style(one).overflowX) && one.clientWidth > 0;
    if (scrolls && one.scrollWidth > one.clientWidth + slack) found.push(`sideways: ${name(one)} by itself`);
  }
  const far = (one, k, rest) => !k || one - rest[k - 1] > slack;
  const places = (all) => [...new Set(all.map(Math.round))].sort((a, b) => a - b).filter(far).length;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.data.trim() || !shown(text.parentElement) || hidden(text.parentElement)) continue;
    for (const {0: word, index} of text.data.matchAll(/\\p{L}{2,}|(?<!\\d)\\d{1,2}-\\d{1,2}(?!\\d)/gu)) {
      range.setStart(text, index), range.setEnd(text, index + word.length);
      const lines = [...range.getClientRects()];
      if (places(lines.map((line) => line.bottom)) > 1) found.push(`broken: "${word}" in ${name(text.parentElement)}`);
    }
  }
  const pen = document.createElement("canvas").getContext("2d"), arrow = 16;
  for (const one of all.filter((one) => one.matches("select") && one.selectedOptions.length > 0)) {
    pen.font = style(one).font;
    const room = one.clientWidth - parseFloat(style(one).paddingLeft) - parseFloat(style(one).paddingRight) - arrow;
    const text = one.selectedOptions[0].text, needs = pen.measureText(text).width;
    if (needs > room + slack) found.push(`cut: "${text}" in a choice, ${Math.round(needs)} of ${Math.round(room)} px`);
  }
  const box = (one) => one.getBoundingClientRect();
  for (const list of all) {
    const lined = (one) => ["flex", "grid"].includes(style(one).display) && one.className === list.children[0].className;
    const whole = (one) => shown(one) && one.children.length > 1 && box(one).width > 0.9 * list.clientWidth;
    const rows = [...list.children].filter((one) => whole(one) && lined(one));
    const pairs = rows.map((row) => [box(row), box(row.children[0]), box(row.children[1])]);
    const beside = pairs.filter(([, first, second]) => second.top < first.bottom && second.left > first.left);
    const starts = places(beside.map(([row, , second]) => second.left - row.left));
    const ends = places(beside.map(([row, , second]) => row.right - second.right));
    if (beside.length > 2 && starts > 1 && ends > 1) found.push(`ragged: ${rows.length} rows of ${name(list)}`);
    const fields = [...list.querySelectorAll(":scope > label:has(input[inputmode=decimal])")].map(box);
    const across = fields.map((one) => fields.filter((other) => Math.abs(other.top - one.top) < one.height / 2).length);
    const columns = places(fields.map((one) => one.left));
    if (fields.length > 2 && columns > Math.max(...across)) found.push(`ragged: ${fields.length} figures of ${name(list)}`);
  }
  const page = open?.querySelector(".inside") ?? document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push(`sideways: ${page.scrollWidth} of ${page.clientWidth} px`);
  return found;
}"""
"""Only what is open is looked at: a dialog, or the page.  What floats above the page (heads, tabs, notices) may lie on it.
A word or the number of a draft, 1-2, stands on one line.
Letters of a chart are read on a phone, and nothing in a debrief scrolls sideways by itself.
A map may leave names out, but not that of the reader's country or of the great power."""


RESTED = "() => new Promise((done) => { setTimeout(done, 1000); requestAnimationFrame(() => requestAnimationFrame(done)); })"
"""Two frames, or a second: a browser without a screen may make none for a page that another one covers."""


def flaws(page: Page) -> list[str]:
    """What is wrong with the page as it is."""
    found: list[str] = page.evaluate(SEEN)
    return found


def flaws_at(page: Page, widths: Iterable[int] = WIDTHS) -> list[str]:
    """What is wrong with the page at each of these widths; it is left as wide as it was."""
    before, found = page.viewport_size, list[str]()
    for width in widths:
        page.set_viewport_size({"width": width, "height": 768})
        page.evaluate(RESTED)
        found += [f"{width} px, {flaw}" for flaw in flaws(page)]
    if before is not None:
        page.set_viewport_size(before)
        page.evaluate(RESTED)
    return found
