// Elements are built here and nowhere from markup: whatever a document says goes in as text.

const CONTROLS = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/u;

export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

// Text as a document prints it, apart from its surroundings; a control that would turn the text round is shown instead.
export function printed(text, given = {}) {
  return h("bdi", { dir: "auto", ...given }, shown(text));
}

export function shown(text) {
  return String(text).split(CONTROLS).map((part, place) => (place % 2 ? control(part) : part));
}

function control(character) {
  const code = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return h("span", { class: "control", title: "a character that would turn the direction of the text" }, code);
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat(9).filter(Boolean));
}

export function announce(words) {
  const live = document.getElementById("live");
  live.textContent = "";
  // A region is read out when it changes, so the same words are said again only after a pause.
  setTimeout(() => { live.textContent = words; }, 60);
}

export function focusOn(element) {
  if (!element) return;
  if (!element.matches("a, button, input, select, textarea")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

// Into sight within what scrolls around it, which nothing else moves with. With `isGentle` only where it is out of sight.
export function bring(target, scroller, isGentle = false) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!scroller) return target.scrollIntoView({ block: "center" });
  const [inner, outer] = [target.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (isGentle && inner.top >= outer.top + 70 && inner.bottom <= outer.bottom - 10) return undefined;
  const top = inner.top - outer.top - outer.height / 3;
  // A long way at an even pace would take longer than anybody waits.
  const isNear = Math.abs(top) < 2 * outer.height;
  return scroller.scrollBy({ top, behavior: isGentle && isNear && !isStill ? "smooth" : "instant" });
}

// Offsets are code points; strings count differently where a character is outside the basic plane.
export function slicer(text) {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}
