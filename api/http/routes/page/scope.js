// What of the corpus a question is put to, as chips in the question box: one document, years, a kind of passage, a section.

import * as api from "./api.js";
import { SCOPE } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { failed } from "./failed.js";
import { heading, KINDS } from "./words.js";

// So many documents are offered at once; more are found by typing.
const MOST = 8;

// `scope` is changed in place of the form; `changed` is called after each change.
export function scopeBox(scope, corpus, summary, changed) {
  const chips = h("span", { class: "scope-chips" });
  const panel = h("div", { class: "scope-panel", id: "scope-panel", hidden: true });
  const opener = h("button", { type: "button", class: "small-button", "aria-expanded": "false", "aria-controls": "scope-panel" }, "Narrow");
  const titles = { in: "" };
  const draw = () => {
    const given = SCOPE.filter((name) => scope[name]);
    const all = (summary?.documents ?? 1) > 1 ? `All ${summary.documents} documents` : "The whole document";
    replace(chips, given.length ? given.map((name) => chip(name, scope, titles, set)) : h("span", { class: "where" }, all));
  };
  const set = (name, value) => {
    scope[name] = value || null;
    if (name === "in") scope.section = null;
    draw();
    announce(value ? `${LABELS[name]} is set.` : `${LABELS[name]}: any.`);
    changed();
  };
  opener.addEventListener("click", async () => {
    const isOpen = panel.hidden;
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && !panel.hasChildNodes()) await fill(panel, scope, corpus, titles, set);
    if (isOpen) panel.querySelector("input")?.focus();
  });
  draw();
  if (scope.in) nameOf(scope.in, corpus, titles).then(draw, () => {});
  return h("div", { class: "scope" }, chips, opener, panel);
}

const LABELS = { in: "Document", years: "Years", kind: "Kind", section: "Section" };

// A document that isn't there any more keeps its id for a name; asking says what is wrong.
async function nameOf(id, corpus, titles) {
  const { contents } = await api.corpus(corpus);
  titles.in = contents.find((each) => each.id === id)?.title ?? "";
}

function chip(name, scope, titles, set) {
  const words = name === "in" ? titles.in || scope.in : name === "kind" ? KINDS[scope.kind] ?? scope.kind : scope[name];
  return h("span", { class: "scope-chip" }, h("span", { class: "label" }, `${LABELS[name]}: `), printed(words),
    h("button", { type: "button", "aria-label": `Any ${LABELS[name].toLowerCase()} again`, onclick: () => set(name, null) }, "×"));
}

async function fill(panel, scope, corpus, titles, set) {
  try {
    const { contents } = await api.corpus(corpus);
    replace(panel, contents.length > 1 ? documents(contents, titles, set) : null, years(scope, set), kinds(scope, set), section(scope, contents, corpus, set));
  } catch (error) {
    replace(panel, failed(error));
  }
}

function documents(contents, titles, set) {
  const list = h("ul", { class: "scope-documents" });
  const box = h("input", { id: "scope-document", type: "search", autocomplete: "off", placeholder: "Title, author, file or year" });
  const draw = () => {
    const found = contents.filter((each) => fits(each, box.value));
    const choose = (each) => () => { titles.in = each.title; set("in", each.id); };
    replace(list, found.slice(0, MOST).map((each) => h("li", {}, h("button", { type: "button", onclick: choose(each) }, printed(each.title), h("span", { class: "where" }, printed([each.source, each.year].filter(Boolean).join(" · ")))))),
      found.length > MOST ? h("li", { class: "where" }, `${found.length - MOST} more: type to find them`) : null, found.length ? null : h("li", { class: "where" }, "No document has these words."));
  };
  box.addEventListener("input", draw);
  draw();
  return h("div", { class: "field wide" }, h("label", { for: "scope-document" }, "Document"), box, list);
}

export function fits(document, words) {
  const text = `${document.title} ${document.source} ${document.year ?? ""} ${(document.author ?? []).map((one) => one.family ?? one.literal ?? "").join(" ")}`.toLocaleLowerCase("en");
  return words.trim().toLocaleLowerCase("en").split(/\s+/u).every((word) => text.includes(word));
}

function years(scope, set) {
  const [first, last] = (scope.years ?? "").split("-");
  const box = (id, value, label) => h("input", { id, type: "number", min: 1500, max: 2100, inputmode: "numeric", value: value || null, "aria-label": label });
  const [from, to] = [box("scope-from", first, "From year"), box("scope-to", last, "To year")];
  const changed = () => {
    if (from.reportValidity() && to.reportValidity()) set("years", from.value || to.value ? `${from.value}-${to.value}` : null);
  };
  for (const each of [from, to]) each.addEventListener("change", changed);
  return h("div", { class: "field" }, h("span", { class: "label" }, "Published"), h("span", { class: "pair" }, from, "–", to));
}

function kinds(scope, set) {
  const select = h("select", { id: "scope-kind" }, h("option", { value: "" }, "Any"), Object.entries(KINDS).map(([value, label]) => h("option", { value }, label)));
  select.value = scope.kind ?? "";
  select.addEventListener("change", () => set("kind", select.value));
  return h("div", { class: "field" }, h("label", { for: "scope-kind" }, "Kind of passage"), select);
}

// The chosen document's own sections are offered; any words may be typed.
function section(scope, contents, corpus, set) {
  const options = h("datalist", { id: "scope-sections" });
  const box = h("input", { id: "scope-section", list: "scope-sections", autocomplete: "off", placeholder: "Title, number, or “methods”" });
  box.value = scope.section ?? "";
  box.addEventListener("change", () => set("section", box.value.trim()));
  box.addEventListener("focus", async () => {
    const id = scope.in ?? (contents.length === 1 ? contents[0].id : null);
    if (!id) return;
    try {
      const { sections } = await api.documentOf(corpus, id);
      replace(options, sections.map((each) => h("option", { value: each.title }, heading(each))));
    } catch {
      // Suggestions only: what is typed counts as it is.
    }
  });
  return h("div", { class: "field" }, h("label", { for: "scope-section" }, "Section"), box, options);
}
