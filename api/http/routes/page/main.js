// From the address to a view.

import * as api from "./api.js";
import { address, current, go, mainKey } from "./address.js";
import { askView } from "./ask.js";
import { auditView } from "./audit.js";
import { bibliographyView } from "./bibliography.js";
import { corporaView } from "./corpora.js";
import { announce, focusOn, h, replace } from "./dom.js";
import { documentView } from "./document.js";
import { closeSide, showSide } from "./entry.js";
import { failed } from "./failed.js";
import { tablesView } from "./tables.js";
import { corpusName } from "./words.js";

const main = document.getElementById("main");
const VIEWS = { ask: askView, document: documentView, bibliography: bibliographyView, audit: auditView, corpora: corporaView, tables: tablesView };
const TITLES = { ask: "Ask", document: "In the document", bibliography: "Bibliography", audit: "Citation audit", corpora: "Corpora", tables: "Evidence table" };
let drawn = null;

async function move() {
  const state = current();
  let corpora = [];
  try {
    corpora = await api.corpora();
  } catch (error) {
    drawn = null;
    bar(viewOf(state), state, state.corpus, []);
    return replace(main, failed(error));
  }
  const corpus = state.corpus ?? usual(corpora);
  const view = viewOf(state);
  bar(view, state, corpus, corpora);
  const key = mainKey(state);
  if (key !== drawn) {
    const isFirst = drawn === null;
    drawn = key;
    document.title = [state.q, TITLES[view], "evqa"].filter(Boolean).join(" · ");
    document.body.dataset.view = view;
    await draw(view, state, corpus);
    if (!isFirst && view !== "document") settle(view, state);
  }
  return showSide(state, corpus);
}

function viewOf(state) {
  return state.document ? "document" : VIEWS[state.view] ? state.view : "ask";
}

async function draw(view, state, corpus) {
  main.setAttribute("aria-busy", "true");
  try {
    if (corpus || view === "ask" || view === "corpora") await VIEWS[view](main, { ...state, corpus }, corpus);
    else replace(main, h("p", { class: "quiet" }, "There is no corpus yet."));
  } catch (error) {
    replace(main, failed(error));
  } finally {
    main.removeAttribute("aria-busy");
  }
}

function settle(view, state) {
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

function bar(view, state, corpus, corpora) {
  const links = [["ask", "Ask", { corpus }], ["tables", "Tables", { view: "tables", corpus }], ["bibliography", "Bibliography", { view: "bibliography", corpus }], ["audit", "Audit", { view: "audit", corpus }], ["corpora", "Corpora", { view: "corpora", corpus }]];
  const shown = view === "document" ? null : view;
  replace(document.getElementById("views"), links.map(([name, label, to]) => h("a", { href: address(to), "aria-current": name === shown ? "page" : null }, label)));
  replace(document.getElementById("choice"), corpora.length > 1 ? chooser(view, corpus, corpora) : null);
}

function chooser(view, corpus, corpora) {
  const select = h("select", { id: "corpus" }, corpora.map((each) => h("option", { value: each.name }, corpusName(each))));
  select.value = corpus ?? "";
  select.addEventListener("change", () => go(address({ corpus: select.value, view: ["tables", "bibliography", "audit", "corpora"].includes(view) ? view : null })));
  return [h("label", { for: "corpus", class: "unseen" }, "Corpus"), select];
}

function followed(event) {
  const link = event.target.closest?.("a[href^='/?'], a[href='/']");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
}

function pressed(event) {
  if (event.key === "Escape" && current().entry) closeSide();
  const isTyping = event.target.matches?.("input, textarea, select");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
    const box = document.querySelector("#q, #filter");
    if (box) event.preventDefault();
    box?.focus();
  }
}

addEventListener("click", followed);
addEventListener("keydown", pressed);
addEventListener("popstate", move);
addEventListener("moved", move);
addEventListener("again", () => { drawn = null; move(); });
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); focusOn(main); });
move();
