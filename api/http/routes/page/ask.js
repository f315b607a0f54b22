// The question, its answer, and beside it, where there is room, the document in which all of it stands.

import * as api from "./api.js";
import { address, go, scopeOf } from "./address.js";
import { answerView } from "./answer.js";
import { announce, h, replace } from "./dom.js";
import { lightBothSides } from "./evidence.js";
import { failed } from "./failed.js";
import { remember } from "./history.js";
import { isWide, reader } from "./reader.js";
import { refusalView } from "./refusal.js";
import { scopeBox } from "./scope.js";
import { startView } from "./start.js";
import { confidence } from "./words.js";

let beside = null;

export async function askView(main, state, corpus, corpora) {
  beside = null;
  const summary = corpora.find((each) => each.name === corpus);
  const answer = h("section", { class: "answer", "aria-label": "Answer" });
  const top = [h("h1", { class: state.q ? "unseen" : "lead" }, "Ask, and check the answer"), state.q ? null : introduction(), form(state, corpus, summary)];
  if (!state.q) {
    replace(main, top, answer);
    return startView(answer, corpus, corpora);
  }
  const pane = isWide() ? h("section", { class: "reader", "aria-label": "The document" }) : null;
  const left = h("div", { class: "asked" }, top, answer);
  replace(main, pane ? h("div", { class: "panes" }, left, pane) : left);
  const found = await answered(answer, state, corpus);
  // Another question may have been asked, or another view opened, before this answer came.
  if (!pane?.isConnected) return undefined;
  if (!found || !(found.claims.length || found.passages.length)) return pane.remove();
  lightBothSides(pane.parentElement);
  beside = reader(pane, found.corpus.name, found);
  return beside.show(state);
}

// The address names another place in the documents of the answer that is shown.
export function follow(state) {
  return beside?.show(state);
}

export function isBeside() {
  return beside !== null;
}

function introduction() {
  return h("p", { class: "intro" }, "Answers are sentences of the document itself, word for word, with the reference numbers printed there. Every one opens in its place.");
}

function form(state, corpus, summary) {
  const box = h("textarea", { id: "q", name: "q", rows: 1, maxlength: 4000, required: true, enterkeyhint: "search", placeholder: "What would you like to check?" });
  box.value = state.q ?? "";
  const scope = scopeOf(state);
  const send = () => {
    if (box.value.trim()) go(address({ corpus, q: box.value.trim(), ...scope }));
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
  // A question that was asked is put again at once to what was chosen.
  const narrowed = () => state.q && send();
  return h("form", { class: "ask", role: "search", onsubmit: submitted },
    h("div", { class: "ask-row" }, h("label", { for: "q", class: "unseen" }, "Question"), box, h("button", { class: "main" }, "Ask")),
    corpus ? scopeBox(scope, corpus, summary, narrowed) : null);
}

async function answered(into, state, corpus) {
  replace(into, h("p", { class: "quiet" }, "Looking it up …"));
  into.setAttribute("aria-busy", "true");
  try {
    const answer = await api.ask(state.q, corpus, scopeOf(state));
    remember(answer, state);
    replace(into, answer.status === "answered" ? answerView(answer, state) : refusalView(answer, state));
    if (into.isConnected) announce(heard(answer));
    return answer;
  } catch (error) {
    replace(into, failed(error));
    return null;
  } finally {
    into.removeAttribute("aria-busy");
  }
}

function heard(answer) {
  if (answer.candidates?.length) return "Which document? Several fit.";
  if (answer.status !== "answered") return "The corpus doesn’t answer this question.";
  const missing = answer.missing.map((part) => ` Not answered: ${part}.`).join("");
  return `${answer.claims.length} statements, ${answer.references.length} references. Confidence ${confidence(answer.confidence)}.${missing}`;
}
