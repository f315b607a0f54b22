// What single keys do; `help.js` lists them.

import { current } from "./address.js";
import { focusOn } from "./dom.js";
import { closeSide } from "./entry.js";
import { help } from "./help.js";

const KEYS = { "/": toBox, "?": () => help(), n: () => step(1), p: () => step(-1) };

// `backTo` leads from a mark to its statement.
export function keys(backTo) {
  return (event) => pressed(event, backTo);
}

function pressed(event, backTo) {
  if (document.querySelector("dialog[open]")) return undefined;
  if (event.key === "Escape") return escaped(event, backTo);
  if (event.target.matches?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return KEYS[event.key]?.(event);
}

function escaped(event, backTo) {
  if (current().entry) return closeSide();
  const mark = event.target.closest?.(".reader") ? document.querySelector(".reader .spot.chosen[data-piece]") : null;
  return mark ? backTo(mark.dataset.piece) : undefined;
}

function toBox(event) {
  const box = document.querySelector("#q, #filter");
  if (box) event.preventDefault();
  box?.focus();
}

// To the next statement, whose mark comes into sight beside it.
function step(by) {
  const claims = [...document.querySelectorAll(".asked .claims > [data-piece], .asked .nearest > [data-piece]")];
  if (!claims.length) return;
  const here = claims.findIndex((each) => each.contains(document.activeElement));
  const next = claims[Math.min(Math.max(here + by, 0), claims.length - 1)];
  next.scrollIntoView({ block: "nearest" });
  focusOn(next);
}
