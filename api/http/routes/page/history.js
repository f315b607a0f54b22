// What was asked in this browser, and what was pinned there. No server keeps it.

import { scopeOf, toAnswer } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { keep, kept } from "./storage.js";
import { confidence, count } from "./words.js";

const STORE = "history";
const MOST = 200;

// Newest first; one that was asked again stands once.
export function asked() {
  const found = kept(STORE, []);
  return Array.isArray(found) ? found.filter((each) => each?.q && each.corpus) : [];
}

export function addressOf(record) {
  return toAnswer(record);
}

export function remember(answer, state) {
  const record = recordOf(answer, state);
  const earlier = asked().find((each) => addressOf(each) === addressOf(record));
  put({ ...record, isPinned: earlier?.isPinned ?? false, pinnedAs: earlier?.pinnedAs ?? null });
}

function recordOf(answer, state) {
  return { q: answer.question, corpus: answer.corpus.name, ...scopeOf(state), when: Date.now(), isAnswered: answer.status === "answered",
    confidence: answer.confidence, first: answer.claims[0]?.text.slice(0, 300) ?? null, fingerprint: answer.corpus.fingerprint };
}

function put(record) {
  const others = asked().filter((each) => addressOf(each) !== addressOf(record));
  const all = [record, ...others];
  const loose = all.filter((each) => !each.isPinned).slice(MOST);
  keep(STORE, all.filter((each) => !loose.includes(each)));
}

function change(record, changes) {
  keep(STORE, asked().map((each) => (addressOf(each) === addressOf(record) ? { ...each, ...changes } : each)));
}

// Pins the answer as it is now; what has changed since is said when it is opened again.
export function pinButton(answer, state) {
  const record = recordOf(answer, state);
  const earlier = asked().find((each) => addressOf(each) === addressOf(record));
  const hasChanged = earlier?.isPinned && earlier.pinnedAs && earlier.pinnedAs !== answer.corpus.fingerprint;
  const button = h("button", { type: "button", class: "small-button", "aria-pressed": String(Boolean(earlier?.isPinned)) }, earlier?.isPinned ? "Pinned" : "Pin");
  button.addEventListener("click", () => {
    const isPinned = button.getAttribute("aria-pressed") !== "true";
    change(record, { isPinned, pinnedAs: isPinned ? record.fingerprint : null });
    button.setAttribute("aria-pressed", String(isPinned));
    button.textContent = isPinned ? "Pinned" : "Pin";
    announce(isPinned ? "Pinned in this browser." : "Not pinned any more.");
  });
  return h("span", { class: "pin" }, hasChanged ? h("span", { class: "where" }, "The corpus has changed since this was pinned. ") : null, button);
}

export function historyView(main) {
  const list = h("div", {});
  const box = h("input", { id: "filter", type: "search", autocomplete: "off", placeholder: "Words of the question" });
  const draw = () => {
    const words = box.value.trim().toLocaleLowerCase("en").split(/\s+/u);
    const found = asked().filter((each) => words.every((word) => `${each.q} ${each.corpus} ${each.first ?? ""}`.toLocaleLowerCase("en").includes(word)));
    const [pinned, others] = [found.filter((each) => each.isPinned), found.filter((each) => !each.isPinned)];
    replace(list, pinned.length ? [h("h2", { class: "small" }, "Pinned"), listed(pinned, draw)] : null,
      others.length ? [h("h2", { class: "small" }, "Asked"), listed(others, draw)] : null,
      found.length ? null : h("p", { class: "quiet" }, asked().length ? "Nothing here has these words." : "Nothing asked yet."));
  };
  box.addEventListener("input", draw);
  const clear = h("button", { type: "button", onclick: () => {
    keep(STORE, asked().filter((each) => each.isPinned));
    draw();
    announce("The history is cleared; what is pinned stays.");
  } }, "Clear");
  replace(main, h("h1", {}, "History"), h("p", { class: "quiet" }, "Kept in this browser only: no server stores what you asked."),
    h("div", { class: "controls history-controls" }, h("label", { for: "filter" }, "Filter"), box, clear), list);
  draw();
}

function listed(records, draw) {
  return h("ol", { class: "asked-list" }, records.map((each) => row(each, draw)));
}

function row(each, draw) {
  const pin = h("button", { type: "button", class: "small-button", "aria-pressed": String(Boolean(each.isPinned)), "aria-label": `${each.isPinned ? "Unpin" : "Pin"}: ${each.q}`, onclick: () => {
    change(each, { isPinned: !each.isPinned, pinnedAs: each.isPinned ? null : each.fingerprint });
    draw();
  } }, each.isPinned ? "Unpin" : "Pin");
  const remove = h("button", { type: "button", class: "small-button", "aria-label": `Forget: ${each.q}`, onclick: () => {
    keep(STORE, asked().filter((other) => addressOf(other) !== addressOf(each)));
    draw();
  } }, "Forget");
  return h("li", {}, h("div", {}, h("a", { href: addressOf(each) }, printed(each.q)), each.isPinned && each.first ? h("p", { class: "pinned-first" }, printed(each.first)) : null,
    h("p", { class: "where" }, printed([each.corpus, each.isAnswered ? `confidence ${confidence(each.confidence)}` : "not answered", whenWords(each.when)].join(" · ")))), h("span", { class: "buttons" }, pin, remove));
}

function whenWords(when) {
  const minutes = Math.round((Date.now() - when) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${count(minutes, "minute")} ago`;
  return new Date(when).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

// The last questions to a corpus, the pinned ones first, for the first screen.
export function recent(corpus, most) {
  const own = asked().filter((each) => each.corpus === corpus);
  const found = [...own.filter((each) => each.isPinned), ...own.filter((each) => !each.isPinned)].slice(0, most);
  return found.length ? h("section", { class: "recent", "aria-labelledby": "recent" }, h("h2", { class: "small", id: "recent" }, "Asked before"),
    h("ul", { class: "examples" }, found.map((each) => h("li", {}, h("a", { href: addressOf(each) }, each.isPinned ? "★ " : null, printed(each.q)))))) : null;
}
