// From the address to a view.

import * as api from "./api.js";
import { address, answerKey, current, go, mainKey, stateOf, toAnswer, turn } from "./address.js";
import { themeButton } from "./appearance.js";
import { askView, follow, isBeside } from "./ask.js";
import { auditView } from "./audit.js";
import { bibliographyView } from "./bibliography.js";
import { corporaView, isCache } from "./corpora.js";
import { announce, focusOn, h, replace } from "./dom.js";
import { documentView } from "./document.js";
import { showSide } from "./entry.js";
import { failed } from "./failed.js";
import { help } from "./help.js";
import { historyView } from "./history.js";
import { keys } from "./keys.js";
import { isWide, onWidth } from "./reader.js";
import { tablesView } from "./tables.js";
import { corpusName } from "./words.js";

const main = document.getElementById("main");
const VIEWS = { ask: askView, document: documentView, bibliography: bibliographyView, audit: auditView, corpora: corporaView, tables: tablesView, history: historyView };
const TITLES = { ask: "Ask", document: "In the document", bibliography: "Bibliography", audit: "Citation audit", corpora: "Corpora", tables: "Evidence table", history: "History" };
const SHORT = { tables: "Tables", audit: "Audit" };
// Views that need no corpus.
const FREE = ["ask", "corpora", "history"];
let drawn = null;
let shownCorpus = null;
// Counts moves: of two that are fetched at once, the later one stays.
let begun = 0;

async function move() {
  begun += 1;
  const mine = begun;
  const state = current();
  const view = viewOf(state);
  const key = keyOf(view, state);
  if (key === drawn) {
    if (view === "ask") await follow(state);
    return showSide(state, shownCorpus);
  }
  let corpora = [];
  try {
    corpora = await api.corpora();
  } catch (error) {
    if (mine !== begun) return undefined;
    drawn = null;
    bar(view, state.corpus, []);
    return replace(main, failed(error));
  }
  if (mine !== begun) return undefined;
  const corpus = state.corpus ?? usual(corpora);
  bar(view, corpus, corpora);
  const isFirst = drawn === null;
  [drawn, shownCorpus] = [key, corpus];
  document.title = [state.q, TITLES[view], "evqa"].filter(Boolean).join(" · ");
  document.body.dataset.view = view;
  document.body.classList.toggle("wide", view === "ask" && Boolean(state.q) && isWide());
  await draw(view, state, corpus, corpora);
  if (mine !== begun) return undefined;
  if (!isFirst && view !== "document") settle(view, state);
  return showSide(state, corpus);
}

// With a question and room for both, a document opens beside the answer.
function viewOf(state) {
  if (state.document && !(state.q && isWide())) return "document";
  return VIEWS[state.view] && state.view !== "document" ? state.view : "ask";
}

// Beside an answer only the document moves.
function keyOf(view, state) {
  return view === "ask" ? answerKey({ ...state, corpus: state.corpus ?? shownCorpus }) : mainKey(state);
}

async function draw(view, state, corpus, corpora) {
  main.setAttribute("aria-busy", "true");
  try {
    if (corpus || FREE.includes(view)) await VIEWS[view](main, { ...state, corpus }, corpus, corpora);
    else replace(main, h("p", { class: "quiet" }, "There is no corpus yet. ", h("a", { href: "/" }, "Begin with a document of your own"), "."));
  } catch (error) {
    replace(main, failed(error));
  } finally {
    main.removeAttribute("aria-busy");
  }
}

function settle(view, state) {
  if (state.document) return;
  scrollTo(0, 0);
  focusOn(main.querySelector(state.q ? ".answer h2" : "h1"));
  if (!state.q) announce(TITLES[view]);
}

// As on the command line: the default, else the user's own; of several the first one, as the choice beside it shows.
function usual(corpora) {
  const own = corpora.filter((each) => each.use === "own");
  const found = own.find((each) => each.name === "default") ?? own.find((each) => each.state === "ready") ?? own[0] ?? corpora.find((each) => each.use === "sample") ?? corpora[0];
  return found?.name;
}

function bar(view, corpus, corpora) {
  const links = ["ask", "tables", "bibliography", "audit", "corpora", "history"].map((name) => [name, SHORT[name] ?? TITLES[name], { view: name === "ask" ? null : name, corpus }]);
  const shown = view === "document" ? null : view;
  replace(document.getElementById("views"), links.map(([name, label, to]) => h("a", { href: address(to), "aria-current": name === shown ? "page" : null }, label)));
  // What evqa keeps for itself is offered only to who has opened it.
  const offered = corpora.filter((each) => !isCache(each) || each.name === corpus);
  replace(document.getElementById("choice"), offered.length > 1 ? chooser(view, corpus, offered) : null);
}

function chooser(view, corpus, corpora) {
  const select = h("select", { id: "corpus" }, corpora.map((each) => h("option", { value: each.name }, corpusName(each))));
  select.value = corpus ?? "";
  select.addEventListener("change", () => go(address({ corpus: select.value, view: ["tables", "bibliography", "audit", "corpora", "history"].includes(view) ? view : null })));
  return [h("label", { for: "corpus", class: "unseen" }, "Corpus"), select];
}

function isPlain(event) {
  return !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

function followed(event) {
  if (!isPlain(event)) return;
  const back = event.target.closest?.("[data-back]");
  if (back) {
    event.preventDefault();
    return backTo(back.dataset.back);
  }
  const link = event.target.closest?.("a[href^='/?'], a[href='/']");
  if (!link) return pressedOn(event);
  event.preventDefault();
  const to = stateOf(link.getAttribute("href").slice(1));
  const state = current();
  const isSame = answerKey({ ...to, corpus: to.corpus ?? shownCorpus }) === answerKey({ ...state, corpus: shownCorpus });
  // An entry opens beside whatever is shown by now; the link was made when something else may have been.
  if (to.entry && isSame) return go(address({ ...state, entry: to.entry, of: to.of }));
  return isBeside() && isSame && to.document ? turn(link.getAttribute("href")) : go(link.getAttribute("href"));
}

// A press on a statement itself opens it beside the answer, unless words of it were selected.
function pressedOn(event) {
  const claim = event.target.closest?.(".asked [data-piece]");
  if (!claim || !isBeside() || event.target.closest("button, summary, a") || !getSelection().isCollapsed) return;
  claim.querySelector(`.open[href${current().page ? "*='page='" : ""}]`)?.click();
}

// From a mark to its statement: beside it, or in the answer that the document hides.
async function backTo(piece) {
  const claim = document.getElementById(`claim-${piece}`);
  if (claim) {
    claim.scrollIntoView({ block: "nearest" });
    return focusOn(claim);
  }
  history.pushState(null, "", toAnswer(current()));
  await move();
  const drawnAnew = document.getElementById(`claim-${piece}`);
  drawnAnew?.scrollIntoView({ block: "center" });
  return focusOn(drawnAnew);
}

document.getElementById("settings").append(themeButton(), h("button", { type: "button", class: "icon", "aria-label": "Help", title: "Help (?)", onclick: help }, "?"));
addEventListener("click", followed);
addEventListener("keydown", keys(backTo));
addEventListener("popstate", move);
addEventListener("moved", move);
addEventListener("again", () => { drawn = null; move(); });
onWidth(() => { drawn = null; move(); });
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); focusOn(main); });
move();
