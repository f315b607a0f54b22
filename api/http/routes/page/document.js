// A document to read on in, with a claim marked where it stands.

import * as api from "./api.js";
import { address, current, withEntry } from "./address.js";
import { announce, focusOn, h, printed, replace, shown, slicer } from "./dom.js";
import { failed } from "./failed.js";
import { pageOf, printedView, ways } from "./printed.js";
import { heading, numbers, people } from "./words.js";

export async function documentView(main, state, corpus) {
  replace(main, h("p", { class: "quiet" }, "Opening the document …"));
  try {
    const whole = await api.documentOf(corpus, state.document);
    const marks = await claims(whole, state, corpus);
    if (current().document !== state.document) return;
    const article = h("article", { class: "paper", "aria-labelledby": "title" }, head(whole, state, corpus, marks));
    replace(main, h("div", { class: state.page ? "reading pages" : "reading" }, contents(whole, state), article));
    if (state.page) {
      const printed = h("div", {});
      article.append(printed);
      await printedView(printed, whole, state, corpus, marks);
    } else {
      article.append(...body(whole, marks));
      arrive(main, marks);
    }
  } catch (error) {
    replace(main, failed(error));
  }
}

// The claim that was opened, and the others of the same answer.
async function claims(whole, state, corpus) {
  const [start, end] = (state.at ?? "").split("-").map(Number);
  const opened = end > start ? [{ start, end, chosen: true }] : [];
  if (!state.q) return opened;
  const answer = await api.ask(state.q, corpus);
  const homes = new Map(answer.passages.map((each) => [each.id, each.document.id]));
  const others = answer.claims.filter((each) => homes.get(each.passage) === whole.id && each.start !== start);
  return [...opened, ...others.map((each) => ({ start: each.start, end: each.end, chosen: false }))].sort((a, b) => a.start - b.start);
}

function contents(whole, state) {
  const links = whole.sections.map((each, place) => h("li", { class: `level-${Math.min(each.level, 3)}` }, h("a", state.page ? { href: address({ ...state, page: pageOf(whole, each.start) }) } : { href: `#s${place}`, onclick: (event) => jump(event, `s${place}`) }, printed(heading(each)))));
  return h("nav", { class: "contents", "aria-label": "Sections" },
    state.q ? h("p", {}, h("a", { class: "back", href: address({ corpus: state.corpus, q: state.q }) }, "← Back to the answer")) : null,
    h("details", { open: matchMedia("(min-width: 66rem)").matches }, h("summary", {}, "Sections"), h("ol", {}, links)));
}

function jump(event, id) {
  event.preventDefault();
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: "start" });
  focusOn(target);
}

function head(whole, state, corpus, marks) {
  const facts = [people(whole.author), whole.year, whole.source.name, whole.license].filter(Boolean).join(" · ");
  return h("header", {},
    whole.review && whole.reference ? h("p", { class: "where" }, "Cited paper ", h("a", { class: "chip", href: withEntry(whole.reference, whole.review) }, `[${whole.reference}]`)) : null,
    h("h1", { id: "title" }, printed(whole.title)), h("p", { class: "where" }, printed(facts), whole.DOI ? [" · ", h("a", { href: `https://doi.org/${encodeURI(whole.DOI)}`, rel: "noreferrer noopener", target: "_blank" }, printed(whole.DOI))] : null),
    gaps(whole),
    ways(whole, state, marks.find((each) => each.chosen)?.start ?? marks[0]?.start ?? 0),
    marks.length > 1 && !state.page ? steps(marks) : null);
}

// What the reader couldn't resolve, told where the document is read.
function gaps({ integrity: { missing, duplicates, unresolved } }) {
  const told = [
    missing.length ? `The bibliography lacks ${numbers(missing)}.` : null,
    duplicates.length ? `Numbers given to more than one entry: ${numbers(duplicates)}.` : null,
    ...unresolved.map((each) => `${each.marker} isn’t resolved: ${each.reason}.`),
  ].filter(Boolean);
  return told.length ? h("details", { class: "gaps" }, h("summary", {}, `This document has gaps (${told.length})`), h("ul", {}, told.map((line) => h("li", {}, printed(line))))) : null;
}

function steps(marks) {
  const links = marks.map((mark, place) => h("a", { href: `#m${mark.start}`, "aria-label": `Statement ${place + 1} of the answer`, onclick: (event) => jump(event, `m${mark.start}`) }, `${place + 1}`));
  return h("p", { class: "steps" }, "Statements of the answer here: ", links.flatMap((link) => [link, " "]));
}

function body(whole, marks) {
  const cut = slicer(whole.text);
  const write = (start, end) => inline(start, end, cut, whole, marks);
  const headings = new Map(whole.sections.map((each, place) => [each.start, { ...each, place }]));
  const made = [];
  const front = [];
  const drawn = new Set();
  for (const block of whole.blocks) {
    const table = whole.tables.find((each) => block.start >= each.start && block.end <= each.end);
    if (table && (block.kind === "table" || block.kind === "caption")) {
      if (!drawn.has(table)) made.push(tabled(table, whole, write, marks));
      drawn.add(table);
    } else if (block.kind === "front") front.push(h("p", {}, write(block.start, block.end)));
    else if (block.kind !== "title") made.push(...blockOf(block, headings, whole, write));
  }
  return [front.length ? h("details", { class: "front", open: marks.some((mark) => within(mark, whole.blocks, "front")) }, h("summary", {}, "Authors, addresses, dates"), front) : null, ...made].filter(Boolean);
}

function within(mark, blocks, kind) {
  return blocks.some((block) => block.kind === kind && mark.start >= block.start && mark.start < block.end);
}

function blockOf(block, headings, whole, write) {
  const inside = write(block.start, block.end);
  if (block.kind === "heading") {
    const section = headings.get(block.start);
    return [h(`h${Math.min((section?.level ?? 1) + 1, 5)}`, { id: section ? `s${section.place}` : null }, inside)];
  }
  if (block.kind === "reference") return [entryOf(block, whole, inside)];
  const unheaded = headings.get(block.start);
  return [h("p", { class: block.kind, id: unheaded ? `s${unheaded.place}` : null }, inside)];
}

function entryOf(block, whole, inside) {
  const entry = whole.references.find((each) => each.start !== undefined && each.start >= block.start && each.start < block.end);
  const of = whole.review ?? whole.id;
  const link = entry && !whole.review ? h("a", { class: "chip", href: withEntry(entry.number, of), "data-entry": entry.number, "aria-label": `Reference ${entry.number}` }, `[${entry.number}]`) : null;
  return h("p", { class: "reference" }, link, link ? " " : "", inside);
}

function inline(start, end, cut, whole, marks) {
  const citations = whole.citations.filter((each) => each.start < end && each.end > start);
  const marked = marks.filter((each) => each.start < end && each.end > start);
  const edges = new Set([start, end]);
  for (const each of [...citations, ...marked]) for (const edge of [each.start, each.end]) if (edge > start && edge < end) edges.add(edge);
  const places = [...edges].sort((a, b) => a - b);
  const runs = [];
  for (const [place, stop] of places.slice(1).entries()) {
    const from = places[place];
    const mark = marked.find((each) => each.start <= from && each.end >= stop);
    const citation = citations.find((each) => each.start <= from && each.end >= stop);
    const text = cut(from, stop);
    const inside = citation ? marker(citation, text, whole) : shown(text);
    if (runs.length && runs.at(-1).mark === mark) runs.at(-1).inside.push(inside);
    else runs.push({ mark, inside: [inside] });
  }
  return runs.map(({ mark, inside }) => (mark ? h("mark", { class: mark.chosen ? "chosen" : "other", id: `m${mark.start}` }, inside) : inside));
}

// A cited paper's own numbers aren't those of the review that the corpus answers with.
function marker(citation, text, whole) {
  if (whole.review || !citation.references.length) return shown(text);
  const listed = citation.references.join(", ");
  return h("a", { class: "marker", href: withEntry(citation.references, whole.id), "data-entry": citation.references[0], "aria-label": `Reference ${listed}` }, shown(text));
}

function tabled(table, whole, write, marks) {
  const captions = whole.blocks.filter((each) => each.kind === "caption" && each.start >= table.start && each.end <= table.end);
  const caption = captions.length ? captions.map((each) => write(each.start, each.end)) : shown([table.label, table.caption].filter(Boolean).join(". "));
  const rows = table.rows.map((row) => {
    const mark = marks.find((each) => each.start < row.end && each.end > row.start);
    const citations = whole.citations.filter((each) => each.start >= row.start && each.end <= row.end);
    return h("tr", { class: mark ? (mark.chosen ? "chosen" : "other") : null, id: mark ? `m${mark.start}` : null }, row.cells.map((text) => h("td", { dir: "auto" }, cell(text, citations, whole))));
  });
  const id = `t${table.start}`;
  return h("div", { class: "table" }, h("p", { class: "caption", id }, caption),
    h("div", { class: "scroll", role: "region", "aria-label": table.label, tabindex: 0 }, h("table", { "aria-labelledby": id },
      table.columns.length ? h("thead", {}, h("tr", {}, table.columns.map((each) => h("th", { scope: "col", dir: "auto" }, shown(each))))) : null, h("tbody", {}, rows))));
}

function cell(text, citations, whole) {
  const parts = [];
  let rest = text;
  for (const citation of citations) {
    const at = rest.indexOf(citation.marker);
    if (at < 0) continue;
    parts.push(shown(rest.slice(0, at)), marker(citation, citation.marker, whole));
    rest = rest.slice(at + citation.marker.length);
  }
  return [parts, shown(rest)];
}

function arrive(main, marks) {
  const chosen = marks.find((each) => each.chosen);
  const target = chosen && document.getElementById(`m${chosen.start}`);
  if (!target) return focusOn(main.querySelector("h1"));
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView({ block: "center" });
  focusOn(target);
  return announce("The statement is marked in the text.");
}
