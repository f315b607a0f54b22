// What is offered where nothing answers: which document is meant, what comes nearest, and where to read on.

import { address, inPlace } from "./address.js";
import { nearest, notes } from "./answer.js";
import { h, printed } from "./dom.js";
import { pinButton } from "./history.js";
import { confidence, heading, POSSIBLE } from "./words.js";

export function refusalView(answer, state) {
  if (answer.candidates?.length) return whichDocument(answer, state);
  const isPossible = answer.confidence >= POSSIBLE && answer.passages.length > 0;
  return [
    h("div", { class: "refusal" }, h("div", { class: "answer-head" }, h("h2", {}, isPossible ? "Possibly, but not surely" : "The corpus doesn’t answer this question"), pinButton(answer, state)),
      h("p", {}, isPossible ? "A passage below may answer it, yet not clearly enough to be quoted as the answer" : "Nothing in it says so clearly enough to be quoted as an answer",
        `; confidence ${confidence(answer.confidence)}.`, answer.passages.length && !isPossible ? " What comes nearest stands below; it isn’t an answer." : "")),
    notes([answer.note, ...answer.warnings]),
    answer.passages.length ? [h("h2", { class: "small" }, isPossible ? "Possibly" : "Nearest passages"), nearest(answer.passages, answer, true), sections(answer)] : null,
    h("p", { class: "quiet" }, "Asking in the words of the document, or for less at once, often helps."),
  ];
}

// A question that several documents answer equally is put again to the one that is meant.
function whichDocument(answer, state) {
  const links = answer.candidates.map((each) => h("li", {}, h("a", { href: address({ corpus: answer.corpus.name, q: answer.question, ...state, document: null, at: null, page: null, in: each.id ?? each.name }) }, printed(each.title || each.name)), h("span", { class: "where" }, " ", printed(each.name))));
  return [
    h("div", { class: "refusal" }, h("h2", {}, "Which document?"), h("p", {}, "This question is about one document, and several fit. Choose the one that you mean.")),
    notes([answer.note, ...answer.warnings]),
    h("ul", { class: "examples candidates" }, links),
    answer.passages.length ? [h("h2", { class: "small" }, "Nearest passages"), nearest(answer.passages, answer, true)] : null,
  ];
}

// Sections in which the nearest passages stand, the one with most of them first.
function sections(answer) {
  const found = new Map();
  for (const each of answer.passages) {
    const name = heading(each.section);
    const key = `${each.document.id} ${name}`;
    if (name) found.set(key, { name, passage: found.get(key)?.passage ?? each, times: (found.get(key)?.times ?? 0) + 1 });
  }
  const listed = [...found.values()].sort((a, b) => b.times - a.times).slice(0, 5);
  if (!listed.length) return null;
  const title = (each) => (answer.corpus.documents > 1 ? h("span", { class: "where" }, " ", printed(each.document.title)) : null);
  return [h("h2", { class: "small" }, "Sections to read"),
    h("ul", { class: "examples" }, listed.map(({ name, passage }) => h("li", {}, h("a", { href: inPlace(answer.corpus.name, passage.document.id, passage.start, passage.end, answer.question) }, printed(name), title(passage)))))];
}
