// The question, and its answer as claims that can be checked.

import * as api from "./api.js";
import { address, go, inPlace } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { chip, facts } from "./entry.js";
import { exporter } from "./exporter.js";
import { failed } from "./failed.js";
import { confidence, heading, kind, LIKELY, place } from "./words.js";

const COMMON = /^(abstract|summary|introduction|background|methods?|materials and methods|results|discussion|conclusions?|references|funding|ac?knowledge?ments?)$/iu;
const ASIDE = /contribution|statement|conflict|availability|material|funding|acknowledg|publisher|ethic|consent|note|abbreviation|copyright|licen[cs]e/iu;

export async function askView(main, state, corpus) {
  const answer = h("section", { class: "answer", "aria-label": "Answer" });
  replace(main, h("h1", { class: state.q ? "unseen" : "lead" }, "Ask, and check the answer"), state.q ? null : introduction(), form(state, corpus), answer);
  if (state.q) return answered(answer, state, corpus);
  // Where no example can be made a question can still be asked.
  try {
    return await examples(answer, corpus);
  } catch (error) {
    return replace(answer, failed(error));
  }
}

function introduction() {
  return h("p", { class: "intro" }, "Answers are sentences of the document itself, word for word, with the reference numbers printed there. Every one opens in its place.");
}

function form(state, corpus) {
  const box = h("textarea", { id: "q", name: "q", rows: 1, maxlength: 4000, required: true, enterkeyhint: "search", placeholder: "What would you like to check?" });
  box.value = state.q ?? "";
  const send = () => {
    if (box.value.trim()) go(address({ corpus, q: box.value.trim() }));
  };
  const keys = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  box.addEventListener("keydown", keys);
  const submitted = (event) => {
    event.preventDefault();
    send();
  };
  return h("form", { class: "ask", role: "search", onsubmit: submitted }, h("label", { for: "q", class: "unseen" }, "Question"), box, h("button", { class: "main" }, "Ask"));
}

async function examples(into, corpus) {
  if (!corpus) return;
  const { contents } = await api.corpus(corpus);
  const review = contents.find((each) => each.kind === "review");
  if (!review) return replace(into, h("p", { class: "quiet" }, "This corpus holds no document yet. ", h("a", { href: address({ view: "corpora" }) }, "Add one"), "."));
  const [whole, entries] = await Promise.all([api.documentOf(corpus, review.id), api.references(corpus)]);
  const asked = questions(whole, entries);
  return replace(into, h("h2", { class: "small" }, "For example, from ", h("a", { href: inPlace(corpus, review.id) }, printed(review.title))),
    h("ul", { class: "examples" }, asked.map((q) => h("li", {}, h("a", { href: address({ corpus, q }) }, printed(q))))));
}

// Every document has headings, tables and a bibliography of its own to ask about.
function questions(whole, entries) {
  const told = whole.sections.filter((each) => !COMMON.test(each.title) && !ASIDE.test(each.title) && /\s/u.test(each.title) && each.title.length < 90);
  const numbered = whole.sections.find((each) => each.number && !ASIDE.test(each.title) && !COMMON.test(each.title));
  const most = [...entries].filter((each) => each.document === whole.id && each.cited).sort((a, b) => b.cited - a.cited)[0];
  return [
    ...told.slice(0, 2).map((each) => `What does the section “${each.title}” say?`),
    numbered ? `What does section ${numbered.number} say?` : null,
    whole.tables.length ? `What does ${whole.tables[0].label} show?` : null,
    most ? `What does reference ${most.number} support?` : null,
  ].filter(Boolean);
}

async function answered(into, state, corpus) {
  replace(into, h("p", { class: "quiet" }, "Looking it up …"));
  into.setAttribute("aria-busy", "true");
  try {
    const answer = await api.ask(state.q, corpus);
    replace(into, answer.status === "answered" ? shown(answer) : refused(answer));
    announce(heard(answer));
  } catch (error) {
    replace(into, failed(error));
  } finally {
    into.removeAttribute("aria-busy");
  }
}

function heard(answer) {
  if (answer.status !== "answered") return "The corpus doesn’t answer this question.";
  const missing = answer.missing.map((part) => ` Not answered: ${part}.`).join("");
  return `${answer.claims.length} statements, ${answer.references.length} references. Confidence ${confidence(answer.confidence)}.${missing}`;
}

function shown(answer) {
  const passages = new Map(answer.passages.map((each) => [each.id, each]));
  const hasCarried = answer.claims.some((each) => each.carried.length || each.context?.carried.length);
  return [
    h("div", { class: "answer-head" }, h("h2", {}, answer.confidence >= LIKELY ? "Answer" : "Perhaps an answer"), h("p", { class: "confidence" }, `Confidence ${confidence(answer.confidence)}`)),
    answer.missing.map((part) => h("p", { class: "missing" }, h("strong", {}, "Not answered: "), printed(part))),
    notes([answer.note, ...others(answer)]),
    h("ol", { class: "claims" }, answer.claims.map((each, place) => claim(each, passages.get(each.passage), answer, answer.claims[place - 1]))),
    hasCarried ? h("p", { class: "legend" }, h("span", { class: "chip carried" }, "[n]"), " stands in a later sentence of the same paragraph and covers this one.") : null,
    answer.references.length ? behind(answer) : h("p", { class: "quiet" }, answer.claims.some((each) => each.unresolved.length) ? "What the text cites there isn’t known." : "The text says this without citing a reference."),
    further(answer),
  ];
}

// A doubt about a citation, or a marker that isn't resolved, stands with its claim, so its line among the warnings isn't
// shown again.
function others(answer) {
  const told = new Set(answer.claims.flatMap((each) => [...each.doubts, ...each.unresolved].map((one) => one.warning)));
  return answer.warnings.filter((words) => !told.has(words));
}

function notes(all) {
  return all.filter(Boolean).map((words) => h("p", { class: "note" }, printed(words)));
}

function doubt(one) {
  return h("p", { class: "doubt" }, h("strong", {}, "Check the citation: "), printed(one.warning));
}

// The numbers of a sentence, kept on the line of its last word.
function numbered(each, of, isDoubted = () => false) {
  const all = [...each.references.map((number) => chip(number, of, false, isDoubted(number))), ...each.carried.map((number) => chip(number, of, true, isDoubted(number)))];
  return all.length ? ["\u00a0", h("span", { class: "chips" }, all.map((one, place) => [place ? " " : null, one]))] : null;
}

function gap(one) {
  return h("p", { class: "doubt" }, h("strong", {}, "A reference is missing here: "), printed(one.warning));
}

// The sentence that a claim leans on, with its own numbers, unless the claim before is that sentence.
function context(each, of, earlier) {
  const { context: before } = each;
  if (!before || before.passage === earlier?.passage) return null;
  return h("p", { class: "context" }, h("span", { class: "label" }, "Sentence before: "), printed(before.text), numbered(before, of));
}

// A claim word for word. A row is read by its columns, where they have heads; heads, and cells that continue the one above,
// aren't printed in it, and that is said.
function said(each, numbers) {
  if (!each.cells.some((cell) => cell.column)) return h("p", { class: "said" }, printed(tabbed(each.text)), numbers);
  const own = each.text.split("\t");
  const last = each.cells.length - 1;
  return [
    h("p", { class: "label" }, "Row, cell by cell:"),
    h("dl", { class: "cells" }, each.cells.map((cell, place) => h("div", {}, head(cell, own.includes(cell.text)), " ", h("dd", {}, printed(cell.text), place === last ? numbers : null)))),
  ];
}

function head(cell, isOwn) {
  const words = [cell.column, isOwn ? "" : "(from above)"].filter(Boolean).join(" ");
  return h("dt", { class: words ? null : "unseen" }, printed(words || "Without a head"));
}

function claim(each, passage, answer, earlier) {
  const name = answer.corpus.name;
  const document = passage?.document;
  const of = document?.review ?? document?.id;
  const to = document ? inPlace(name, document.id, each.start, each.end, answer.question) : null;
  const paper = document?.reference;
  const isDoubted = (number) => each.doubts.some((one) => one.reference === number);
  return h("li", { class: "claim" },
    context(each, of, earlier),
    said(each, numbered(each, of, isDoubted)),
    h("p", { class: "where" }, paper ? [h("span", {}, "in the cited paper "), chip(paper, of), " · "] : null, passage ? [h("span", { class: "kind" }, kind(passage.kind)), place(passage) ? " · " : "", printed(place(passage))] : null,
      document && (answer.corpus.documents > 1) ? [" · ", printed(document.title)] : null,
      to ? h("a", { class: "open", href: to }, "Read in its place", h("span", { class: "unseen" }, `: ${each.text.slice(0, 60)}`)) : null,
      to && passage.page ? h("a", { class: "open", href: inPlace(name, document.id, each.start, each.end, answer.question, passage.page) }, "As printed", h("span", { class: "unseen" }, ` on page ${passage.page}: ${each.text.slice(0, 60)}`)) : null),
    each.doubts.map(doubt), each.unresolved.map(gap), (each.cited ?? []).map((one) => cited(one, of)));
}

const VERDICTS = { supports: "supports this", unclear: "is near, but unclear", disagrees: "may disagree" };

// What a cited work says itself, with the verdict on it.
function cited(one, of) {
  return h("p", { class: `cited ${one.verdict}` }, chip(one.number, of), " ", h("strong", {}, `${VERDICTS[one.verdict]} (${one.score.toFixed(2)}), in its ${one.level}: `), h("q", {}, printed(one.text)));
}

function tabbed(text) {
  return text.replaceAll("\t", "  ·  ");
}

function behind(answer) {
  return h("section", { class: "behind", "aria-labelledby": "behind" },
    h("h2", { id: "behind" }, "References behind it"),
    h("ol", { class: "entries" }, answer.references.map((entry) => h("li", {}, chip(entry.number, entry.document), h("div", {}, facts(entry))))),
    exporter(answer.corpus.name, { cited_by: answer.question }, "references-behind-the-answer"));
}

function refused(answer) {
  return [
    h("div", { class: "refusal" }, h("h2", {}, "The corpus doesn’t answer this question"),
      h("p", {}, `Nothing in it says so clearly enough to be quoted as an answer; confidence ${confidence(answer.confidence)}.`,
        answer.passages.length ? " What comes nearest stands below; it isn’t an answer." : "")),
    notes([answer.note, ...answer.warnings]),
    answer.passages.length ? [h("h2", { class: "small" }, "Nearest passages"), nearest(answer, answer.passages)] : null,
  ];
}

function further(answer) {
  const used = new Set(answer.claims.map((each) => each.passage));
  const others = answer.passages.filter((each) => !used.has(each.id));
  return others.length ? h("details", { class: "further" }, h("summary", {}, `Other passages near the question (${others.length})`), nearest(answer, others)) : null;
}

function nearest(answer, passages) {
  return h("ol", { class: "nearest" }, passages.map((each) => passage(each, answer)));
}

function passage(each, answer) {
  const of = each.document.review ?? each.document.id;
  const text = [...each.text];
  const words = text.length > 420 ? `${text.slice(0, 420).join("")} …` : each.text;
  return h("li", {}, h("p", { class: "said" }, printed(tabbed(words)), numbered({ ...each, carried: [] }, of)),
    h("p", { class: "where" }, h("span", { class: "kind" }, kind(each.kind)), heading(each.section) || each.label ? " · " : "", printed(place(each)),
      h("a", { class: "open", href: inPlace(answer.corpus.name, each.document.id, each.start, each.end, answer.question) }, "Read in its place")));
}
