// An answer as claims that can be checked: each with its numbers, its place, and what speaks against it.

import { inPlace } from "./address.js";
import { copier, copyOne } from "./citing.js";
import { h, printed, shown } from "./dom.js";
import { chip, facts, marker } from "./entry.js";
import { letter } from "./evidence.js";
import { exporter } from "./exporter.js";
import { pinButton } from "./history.js";
import { parted } from "./markers.js";
import { phrasingBox } from "./phrasing.js";
import { confidence, heading, kind, LIKELY, place } from "./words.js";

// Letters of a passage that are shown of it.
const SHORT = 420;

export function answerView(answer, state) {
  const passages = new Map(answer.passages.map((each) => [each.id, each]));
  const hasCarried = answer.claims.some((each) => each.carried.length || each.context?.carried.length);
  return [
    h("div", { class: "answer-head" }, h("h2", {}, answer.confidence >= LIKELY ? "Answer" : "Perhaps an answer"), h("p", { class: "confidence" }, `Confidence ${confidence(answer.confidence)}`), pinButton(answer, state)),
    answer.missing.map((part) => h("p", { class: "missing" }, h("strong", {}, "Not answered: "), printed(part))),
    notes([answer.note, ...others(answer)]),
    h("ol", { class: "claims" }, answer.claims.map((each, piece) => claim(each, piece, passages.get(each.passage), answer))),
    hasCarried ? h("p", { class: "legend" }, h("span", { class: "chip carried" }, "[n]"), " stands in a later sentence of the same paragraph and covers this one.") : null,
    copier(answer),
    phrasingBox(answer, state),
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

export function notes(all) {
  return all.filter(Boolean).map((words) => h("p", { class: "note" }, printed(words)));
}

// All numbers open their entries, so that one can be held against the other.
function doubt(one, of) {
  const [best, ...rest] = one.better.map((number) => chip(number, of));
  return h("p", { class: "doubt" }, h("strong", {}, "Check the citation: "), chip(one.reference, of, false, true), " doesn’t seem to fit this statement",
    best ? ["; ", best, " fits better", rest.length ? [" (then ", rest.flatMap((each) => [each, " "]).slice(0, -1), ")"] : null] : null, ": ", printed(one.reason), ".");
}

function gap(one) {
  return h("p", { class: "doubt" }, h("strong", {}, "A reference is missing here: "), printed(one.warning));
}

// A sentence word for word. Markers printed in it open what they cite; numbers that it prints otherwise follow it, kept on
// the line of its last word.
function sentence(each, of, isDoubted = () => false) {
  const { words, told } = marked(each.text, each.references, of, isDoubted);
  return [words, numbered(each, told, of, isDoubted)];
}

function marked(text, references, of, isDoubted) {
  const parts = parted(tabbed(text), references);
  const words = parts.map((part) => (part.numbers ? marker(part.text, part.numbers, of, part.numbers.some(isDoubted)) : shown(part.text)));
  return { words: h("bdi", { dir: "auto" }, words), told: parts.flatMap((part) => part.numbers ?? []) };
}

function numbered(each, told, of, isDoubted) {
  const own = each.references.filter((number) => !told.includes(number));
  const all = [...own.map((number) => chip(number, of, false, isDoubted(number))), ...each.carried.map((number) => chip(number, of, true, isDoubted(number)))];
  return all.length ? ["\u00a0", h("span", { class: "chips" }, all.map((one, at) => [at ? " " : null, one]))] : null;
}

// The sentence that a claim leans on, with its own numbers, unless the claim before is that sentence.
function context(each, of, earlier) {
  const { context: before } = each;
  if (!before || before.passage === earlier?.passage) return null;
  return h("p", { class: "context" }, h("span", { class: "label" }, "Sentence before: "), sentence(before, of));
}

// A row is read by its columns, where they have heads; heads, and cells that continue the one above, aren't printed in it,
// and that is said.
function said(each, of, isDoubted) {
  if (!each.cells.some((cell) => cell.column)) return h("p", { class: "said" }, sentence(each, of, isDoubted));
  const own = each.text.split("\t");
  const cells = each.cells.map((cell) => marked(cell.text, each.references, of, isDoubted));
  const told = cells.flatMap((cell) => cell.told);
  const last = each.cells.length - 1;
  return [
    h("p", { class: "label" }, "Row, cell by cell:"),
    h("dl", { class: "cells" }, each.cells.map((cell, at) => h("div", {}, head(cell, own.includes(cell.text)), " ", h("dd", {}, cells[at].words, at === last ? numbered(each, told, of, isDoubted) : null)))),
  ];
}

function head(cell, isOwn) {
  const words = [cell.column, isOwn ? "" : "(from above)"].filter(Boolean).join(" ");
  return h("dt", { class: words ? null : "unseen" }, printed(words || "Without a head"));
}

function claim(each, piece, passage, answer) {
  const document = passage?.document;
  const of = document?.review ?? document?.id;
  const isDoubted = (number) => each.doubts.some((one) => one.reference === number);
  return h("li", { class: "claim", id: `claim-${piece}`, "data-piece": piece },
    h("span", { class: "letter", "aria-hidden": "true" }, letter(piece)),
    context(each, of, answer.claims[piece - 1]),
    said(each, of, isDoubted),
    where(each, passage, answer),
    each.doubts.map((one) => doubt(one, of)), each.unresolved.map(gap), (each.cited ?? []).map((one) => cited(one, of)));
}

function where(each, passage, answer) {
  const words = h("span", { class: "unseen" }, `: ${each.text.slice(0, 60)}`);
  if (!passage) return h("p", { class: "where" }, copyOne(each, answer));
  const { document } = passage;
  const to = (page) => inPlace(answer.corpus.name, document.id, each.start, each.end, answer.question, page);
  return h("p", { class: "where" },
    document.reference ? [h("span", {}, "in the cited paper "), chip(document.reference, document.review ?? document.id), " · "] : null,
    h("span", { class: "kind" }, kind(passage.kind)), place(passage) ? " · " : "", printed(place(passage)),
    answer.corpus.documents > 1 ? [" · ", h("cite", {}, printed(document.title))] : null,
    h("span", { class: "acts" }, h("a", { class: "open", href: to() }, "Read in its place", words),
      passage.page ? h("a", { class: "open", href: to(passage.page) }, "As printed", h("span", { class: "unseen" }, ` on page ${passage.page}: ${each.text.slice(0, 60)}`)) : null,
      /^zotero:\/\//u.test(passage.link ?? "") ? h("a", { class: "open", href: passage.link }, "In Zotero", h("span", { class: "unseen" }, " (opens elsewhere)")) : null,
      copyOne(each, answer)));
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
    exporter(answer.corpus.name, answer.references, "references-behind-the-answer"));
}

function further(answer) {
  const used = new Set(answer.claims.map((each) => each.passage));
  const rest = answer.passages.filter((each) => !used.has(each.id));
  return rest.length ? h("details", { class: "further" }, h("summary", {}, `Other passages near the question (${rest.length})`), nearest(rest, answer)) : null;
}

// `isMarked`: these passages are what the document beside shows, as for a refusal.
export function nearest(passages, answer, isMarked = false) {
  return h("ol", { class: "nearest" }, passages.map((each, piece) => passage(each, answer, isMarked ? piece : null)));
}

function passage(each, answer, piece) {
  const of = each.document.review ?? each.document.id;
  const text = [...each.text];
  const words = text.length > SHORT ? `${text.slice(0, SHORT).join("")} …` : each.text;
  const isOne = piece !== null;
  return h("li", { id: isOne ? `claim-${piece}` : null, "data-piece": piece },
    isOne ? h("span", { class: "letter", "aria-hidden": "true" }, letter(piece)) : null,
    h("p", { class: "said" }, sentence({ ...each, text: words, carried: [] }, of)),
    h("p", { class: "where" }, h("span", { class: "kind" }, kind(each.kind)), heading(each.section) || each.label ? " · " : "", printed(place(each)),
      answer.corpus.documents > 1 ? [" · ", h("cite", {}, printed(each.document.title))] : null,
      h("a", { class: "open", href: inPlace(answer.corpus.name, each.document.id, each.start, each.end, answer.question) }, "Read in its place", h("span", { class: "unseen" }, `: ${words.slice(0, 60)}`))));
}
