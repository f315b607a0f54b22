// The whole bibliography: sorted, filtered, with how often each entry is cited.

import * as api from "./api.js";
import { note } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { chip, facts } from "./entry.js";
import { exporter } from "./exporter.js";
import { failed } from "./failed.js";
import { cited, count, people, year } from "./words.js";

const first = (entry) => (entry.author?.[0]?.family ?? entry.author?.[0]?.literal ?? entry.raw).toLocaleLowerCase("en");
const ORDERS = {
  number: ["Number", (a, b) => a.number - b.number],
  cited: ["Most cited", (a, b) => b.cited - a.cited],
  year: ["Newest", (a, b) => (year(b) ?? 0) - (year(a) ?? 0)],
  oldest: ["Oldest", (a, b) => (year(a) ?? 9999) - (year(b) ?? 9999)],
  author: ["First author", (a, b) => first(a).localeCompare(first(b), "en")],
  journal: ["Journal", (a, b) => (a["container-title"] ?? "\uffff").localeCompare(b["container-title"] ?? "\uffff", "en")],
};

export async function bibliographyView(main, state, corpus) {
  replace(main, h("h1", {}, "Bibliography"), h("p", { class: "quiet" }, "Loading …"));
  try {
    const [entries, { contents }] = await Promise.all([api.references(corpus), api.corpus(corpus)]);
    const titles = new Map(contents.map((each) => [each.id, each.title]));
    draw(main, { ...state, corpus }, entries, titles);
  } catch (error) {
    replace(main, h("h1", {}, "Bibliography"), failed(error));
  }
}

function draw(main, state, entries, titles) {
  const list = h("ol", { class: "entries wide" });
  const tally = h("p", { class: "quiet", id: "tally" });
  const several = new Set(entries.map((each) => each.document)).size > 1;
  const filter = h("input", { id: "filter", type: "search", autocomplete: "off", placeholder: "Author, title, journal, year" });
  const sort = h("select", { id: "sort" }, Object.entries(ORDERS).map(([value, [label]]) => h("option", { value }, label)));
  const show = h("input", { id: "never", type: "checkbox" });
  filter.value = state.filter ?? "";
  sort.value = ORDERS[state.sort] ? state.sort : "number";
  show.checked = state.show === "never";
  const update = (said) => {
    const wanted = { filter: filter.value.trim(), sort: sort.value, never: show.checked };
    const found = entries.filter((each) => fits(each, wanted)).sort(ORDERS[wanted.sort][1]);
    replace(list, found.map((each) => row(each, several ? titles.get(each.document) : null)));
    const never = entries.filter((each) => !each.cited).length;
    const words = `${found.length} of ${count(entries.length, "entry", "entries")}, ${never ? `${never} never cited` : "every one cited"}`;
    replace(tally, words);
    if (said) {
      announce(words);
      note({ view: "bibliography", corpus: state.corpus, sort: wanted.sort === "number" ? null : wanted.sort, filter: wanted.filter, show: wanted.never ? "never" : null });
    }
  };
  for (const each of [filter, sort, show]) each.addEventListener("input", () => update(true));
  const controls = h("form", { class: "controls", role: "search", onsubmit: (event) => event.preventDefault() },
    h("label", { for: "filter" }, "Filter"), filter, h("label", { for: "sort" }, "Order"), sort, h("span", { class: "tick" }, show, h("label", { for: "never" }, "only never cited")));
  replace(main, h("h1", {}, "Bibliography"), controls, tally, list, entries.length ? exporter(state.corpus, null, `${state.corpus}-bibliography`) : null);
  update(false);
}

function fits(entry, wanted) {
  if (wanted.never && entry.cited) return false;
  const text = `[${entry.number}] ${people(entry.author)} ${entry.title ?? ""} ${entry["container-title"] ?? ""} ${entry.raw}`.toLocaleLowerCase("en");
  return wanted.filter.toLocaleLowerCase("en").split(/\s+/u).every((word) => text.includes(word));
}

function row(entry, title) {
  return h("li", {}, chip(entry.number, entry.document), h("div", {}, facts(entry), title ? h("p", { class: "where" }, "in ", printed(title)) : null),
    h("span", { class: entry.cited ? "times" : "times never" }, cited(entry.cited)));
}
