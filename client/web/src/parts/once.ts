// A hand that clicks twice means one click.  What lies under the second may be another step, another offer, another seat by then.

/** Buttons that are meant to be pressed in quick succession say so. */
const AGAIN = "[data-again]";

/** Swallow the second click of a double click, and clicks that a held key repeats. */
export function onceOnly(): void {
  document.addEventListener(
    "click",
    (event) => {
      if (event.detail > 1 && pressed(event)) swallow(event);
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.repeat && (event.key === "Enter" || event.key === " ") && pressed(event)) swallow(event);
    },
    true,
  );
}

function pressed(event: Event): boolean {
  const button = event.target instanceof Element ? event.target.closest("button, a.button") : null;
  return button !== null && !button.matches(AGAIN);
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
