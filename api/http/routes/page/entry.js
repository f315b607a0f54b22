// An entry of the bibliography, and the panel that opens it beside the text.

import { reference } from "./api.js";
import { current, go, inPlace, withEntry, withoutEntry } from "./address.js";
import { announce, focusOn, h, printed, replace } from "./dom.js";
import { failed } from "./failed.js";
import { cited, count, heading, isGrave, pageNumber, people, standing, year } from "./words.js";

let opener = null;

// A reference number to open; `carried` where it is printed in a later sentence.
export function chip(number, of, carried = false, doubted = false) {
  const title = carried ? "printed in a later sentence of the same paragraph, which covers this one" : null;
  const name = ["chip", carried && "carried", doubted && "in-doubt"].filter(Boolean).join(" ");
  return h("a", { class: name, href: withEntry(number, of), title, "data-entry": number,
    "aria-label": `Reference ${number}${carried ? ", from a later sentence" : ""}${doubted ? ", in doubt" : ""}` }, `[${number}]`);
}

// A marker as the sentence prints it, such as "(11–13)": it opens all that it cites.
export function marker(text, numbers, of, isDoubted = false) {
  return h("a", { class: isDoubted ? "chip in-text in-doubt" : "chip in-text", href: withEntry(numbers, of), "data-entry": numbers[0],
    "aria-label": `Reference ${numbers.join(", ")}${isDoubted ? ", in doubt" : ""}` }, text);
}

export function facts(entry) {
  const where = [entry["container-title"] && h("cite", {}, printed(entry["container-title"])), printedYear(entry),
    entry.volume && printed(`${entry.volume}${entry.issue ? `(${entry.issue})` : ""}${entry.page ? `:${entry.page}` : ""}`)];
  return [
    entry.title ? h("p", { class: "entry-title" }, printed(entry.title)) : h("p", { class: "entry-title" }, printed(entry.raw)),
    entry.author?.length ? h("p", { class: "entry-people" }, printed(people(entry.author))) : null,
    h("p", { class: "entry-where" }, where.filter(Boolean).flatMap((part) => [part, " "])),
    doi(entry),
    stands(entry.status),
  ];
}

// Whether the work still stands. Never checked is said, since nothing said would look like "nothing found".
function stands(status) {
  return h("p", { class: isGrave(status) ? "entry-status grave" : "entry-status" }, printed(standing(status)));
}

function printedYear(entry) {
  return year(entry) ? h("span", { class: "year" }, `${year(entry)}`) : null;
}

function doi(entry) {
  const target = entry.DOI ? `https://doi.org/${encodeURI(entry.DOI)}` : /^https?:\/\//u.test(entry.URL ?? "") ? entry.URL : null;
  if (!target) return null;
  return h("p", { class: "entry-doi" }, h("a", { href: target, rel: "noreferrer noopener", target: "_blank" },
    entry.DOI ? "doi " : "", printed(entry.DOI ?? entry.URL), h("span", { class: "unseen" }, " (opens elsewhere)")));
}

export async function showSide(state, corpus) {
  const side = document.getElementById("side");
  if (!state.entry || !corpus) return hideSide(side);
  if (document.activeElement?.closest?.("main")) opener = document.activeElement;
  const wanted = state.entry.split(",").filter((part) => /^\d{1,9}$/u.test(part)).slice(0, 40);
  let found;
  try {
    found = await Promise.all(wanted.map((number) => reference(corpus, number, state.of)));
  } catch (error) {
    found = null;
    replace(side, closer(), failed(error));
  }
  if (current().entry !== state.entry) return null;
  if (found) replace(side, closer(), found.map((entry) => opened(entry, corpus, state, found.length > 1)));
  side.hidden = false;
  document.body.classList.add("with-side");
  side.scrollTop = 0;
  // On a narrow screen the panel lies over the lower half; what it belongs to stays above it.
  if (getComputedStyle(side).position === "fixed" && !document.body.classList.contains("wide")) scrollBy(0, (opener?.getBoundingClientRect().top ?? innerHeight * 0.28) - innerHeight * 0.28);
  focusOn(side.querySelector("h2") ?? side);
  if (found) announce(`Reference ${wanted.join(", ")} is open. Escape closes it.`);
  return null;
}

function hideSide(side) {
  if (side.hidden) return;
  // What was opened from the entry keeps the focus.
  const isLeft = !side.contains(document.activeElement) && document.activeElement !== document.body;
  side.hidden = true;
  document.body.classList.remove("with-side");
  const back = opener?.isConnected && !isLeft ? opener : null;
  opener = null;
  focusOn(back);
}

export function closeSide() {
  go(withoutEntry());
}

function closer() {
  return h("button", { type: "button", class: "close", onclick: closeSide, "aria-label": "Close the reference" }, "×");
}

function opened(entry, corpus, state, folded) {
  const heard = count(entry.statements.length, "statement");
  const listed = h("ol", { class: "statements" }, entry.statements.map((each) => statement(each, entry, corpus, state)));
  return h("article", { class: "entry" },
    h("h2", {}, "Reference ", h("span", { class: "number" }, `[${entry.number}]`)),
    facts(entry),
    h("details", { class: "raw" }, h("summary", {}, "As printed"), h("p", {}, printed(entry.raw))),
    entry.statements.length
      ? h("details", { class: "citing", open: !folded }, h("summary", {}, `${heard} ${entry.statements.length === 1 ? "cites" : "cite"} it`), listed)
      : h("p", { class: "quiet" }, cited(0)[0].toUpperCase() + cited(0).slice(1), " in the text."));
}

function statement(each, entry, corpus, state) {
  const to = inPlace(corpus, entry.document, each.start, each.end, state.q);
  const here = state.at === `${each.start}-${each.end}`;
  return h("li", { class: here ? "here" : null }, h("a", { href: to, class: "quote", "aria-current": here ? "true" : null }, printed(each.text)),
    h("p", { class: "where" }, printed([each.label, heading(each.section), pageNumber(each.page)].filter(Boolean).join(" · ")),
      each.carried ? h("span", { class: "note" }, " · number from a later sentence") : null));
}
