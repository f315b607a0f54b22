// A document to read on in, with a claim marked where it stands.

import * as api from "./api.js";
import { address, current, scopeOf, toAnswer, withEntry } from "./address.js";
import { announce, bring, focusOn, h, printed, replace, shown, slicer } from "./dom.js";
import { evidence, letter, marksIn } from "./evidence.js";
import { failed } from "./failed.js";
import { pageOf, printedView, ways } from "./printed.js";
import { heading, numbers, people } from "./words.js";

export async function documentView(main, state, corpus) {
  replace(main, h("p", { class: "quiet" }, "Opening the document …"));
  try {
    const [whole, answer] = await Promise.all([api.documentOf(corpus, state.document), state.q ? api.ask(state.q, corpus, scopeOf(state)) : null]);
    if (current().document !== state.document) return;
    const pieces = answer ? evidence(answer) : [];
    await drawDocument(main, whole, state, corpus, marksIn(pieces, whole.id, state.at), { pieces });
  } catch (error) {
    replace(main, failed(error));
  }
}

// The document as text or as a printed page. With a `scroller` it stands beside an answer, and moves in that element alone.
// `pieces` are all of the answer, also those of other documents.
export async function drawDocument(into, whole, state, corpus, marks, { pieces = [], scroller = null, isFocused = true } = {}) {
  const sections = contents(whole, state, scroller);
  const tools = h("div", { class: "tools" }, scroller ? h("p", { class: "running" }, printed(whole.title)) : back(state),
    ways(whole, state, marks.find((each) => each.chosen)?.start ?? marks[0]?.start ?? 0), steps(marks, pieces, whole, state), scroller ? sections : null);
  const article = h("article", { class: "paper", "aria-labelledby": "title" }, head(whole, scroller ? 2 : 1), tools);
  replace(into, h("div", { class: state.page ? "reading pages" : "reading" }, scroller ? null : sections, article));
  if (!state.page) {
    article.append(...body(whole, marks, scroller ? 2 : 1));
    return arrive(article, marks, scroller, isFocused);
  }
  const sheet = h("div", {});
  article.append(sheet);
  return printedView(sheet, whole, state, corpus, marks, { tools, scroller, isFocused });
}

// Where the document hides its answer.
function back(state) {
  return state.q ? h("a", { class: "back", href: toAnswer(state) }, "← Back", h("span", { class: "more" }, " to the answer")) : null;
}

function contents(whole, state, scroller) {
  const links = whole.sections.map((each, place) => h("li", { class: `level-${Math.min(each.level, 3)}` }, h("a", state.page ? { href: address({ ...state, page: pageOf(whole, each.start) }) } : { href: `#s${place}`, onclick: (event) => jump(event, `s${place}`, scroller) }, printed(heading(each)))));
  return h("nav", { class: "contents", "aria-label": "Sections" },
    h("details", { open: !scroller && matchMedia("(min-width: 66rem)").matches }, h("summary", {}, "Sections"), h("ol", {}, links)));
}

function jump(event, id, scroller) {
  event.preventDefault();
  if (scroller) event.target.closest("details").open = false;
  const target = document.getElementById(id);
  if (target) bring(target, scroller);
  focusOn(target);
}

function head(whole, level) {
  const facts = [people(whole.author), whole.year, whole.source.name, whole.license].filter(Boolean).join(" · ");
  return h("header", {},
    whole.review && whole.reference ? h("p", { class: "where" }, "Cited paper ", h("a", { class: "chip", href: withEntry(whole.reference, whole.review) }, `[${whole.reference}]`)) : null,
    h(`h${level}`, { id: "title", class: "title" }, printed(whole.title)), h("p", { class: "where" }, printed(facts), whole.DOI ? [" · ", h("a", { href: `https://doi.org/${encodeURI(whole.DOI)}`, rel: "noreferrer noopener", target: "_blank" }, printed(whole.DOI))] : null),
    gaps(whole));
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

// From one statement of the answer to the next: those of this document in its order, then those of others.
function steps(marks, pieces, whole, state) {
  const own = marks.filter((mark) => mark.piece !== undefined && !mark.isContext);
  const others = pieces.filter((each) => !each.isContext && each.document.id !== whole.id);
  if (!own.length && !others.length) return null;
  const page = (each) => (state.page ? each.page : null);
  const link = (each, to, given) => h("a", { href: address({ ...state, ...to, at: `${each.start}-${each.end}`, page: page(each) }), "data-piece": each.piece, ...given }, letter(each.piece));
  return h("p", { class: "steps" }, own.length ? h("span", { class: "label" }, "Marked: ") : null,
    own.flatMap((each) => [link(each, {}, { class: "letter", "aria-current": each.chosen ? "true" : null, "aria-label": `Statement ${letter(each.piece)} of the answer` }), " "]),
    others.flatMap((each) => [link(each, { document: each.document.id }, { class: "letter elsewhere", title: `in ${each.document.title}`, "aria-label": `Statement ${letter(each.piece)} of the answer, in ${each.document.title}` }), " "]));
}

function body(whole, marks, level) {
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
    else if (block.kind !== "title") made.push(...blockOf(block, headings, whole, write, level));
  }
  return [front.length ? h("details", { class: "front", open: marks.some((mark) => within(mark, whole.blocks, "front")) }, h("summary", {}, "Authors, addresses, dates"), front) : null, ...made].filter(Boolean);
}

function within(mark, blocks, kind) {
  return blocks.some((block) => block.kind === kind && mark.start >= block.start && mark.start < block.end);
}

function blockOf(block, headings, whole, write, level) {
  const inside = write(block.start, block.end);
  if (block.kind === "heading") {
    const section = headings.get(block.start);
    return [h(`h${Math.min((section?.level ?? 1) + level, 6)}`, { id: section ? `s${section.place}` : null }, inside)];
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
  return runs.map(({ mark, inside }) => (mark ? spot(mark, inside, start) : inside));
}

// Before a statement stands the letter that it has in the answer, which leads there. A mark goes on behind a break without.
function spot(mark, inside, start) {
  const made = h("mark", { class: `spot ${styleOf(mark)}`, id: mark.start >= start ? `m${mark.start}` : null, "data-piece": mark.piece ?? null }, inside);
  return mark.start >= start ? [badge(mark), made] : made;
}

function styleOf(mark) {
  return mark.chosen ? "chosen" : mark.isContext ? "before" : "other";
}

function badge(mark) {
  if (mark.piece === undefined || mark.isContext) return null;
  const name = letter(mark.piece);
  return h("a", { class: "letter", href: `#claim-${mark.piece}`, "data-piece": mark.piece, "data-back": mark.piece, "aria-label": `Statement ${name} of the answer: back to it` }, name);
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
    const name = mark ? { class: `spot ${styleOf(mark)}`, id: `m${mark.start}`, "data-piece": mark.piece ?? null } : {};
    return h("tr", name, row.cells.map((text, place) => h("td", { dir: "auto" }, mark && !place ? badge(mark) : null, cell(text, citations, whole))));
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

export function arrive(root, marks, scroller, isFocused) {
  const chosen = marks.find((each) => each.chosen);
  const target = chosen && root.querySelector(`#m${chosen.start}`);
  if (!target) {
    if (scroller) scroller.scrollTop = 0;
    return isFocused ? focusOn(root.querySelector(".title")) : undefined;
  }
  target.closest("details")?.setAttribute("open", "");
  bring(target, scroller);
  if (!isFocused) return undefined;
  focusOn(target);
  return announce("The statement is marked in the text.");
}

// Another statement of the same text is opened: the mark moves, and nothing is drawn anew.
export function choose(root, marks, scroller, isFocused) {
  for (const each of marks) {
    const spot = root.querySelector(`#m${each.start}`);
    if (spot) spot.className = `spot ${styleOf(each)}`;
  }
  for (const each of root.querySelectorAll(".steps .letter")) {
    if (marks.some((mark) => mark.chosen && String(mark.piece) === each.dataset.piece)) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  arrive(root, marks, scroller, isFocused);
}
