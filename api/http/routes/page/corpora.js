// The corpora: what each holds, whether it is sound, and a place to drop a document.

import * as api from "./api.js";
import { address, go } from "./address.js";
import { auditLink } from "./audit.js";
import { confirmed, named } from "./dialogs.js";
import { announce, h, replace } from "./dom.js";
import { documentList } from "./documents.js";
import { failed } from "./failed.js";
import { dropZone } from "./upload.js";
import { corpusName, count, size } from "./words.js";

export async function corporaView(main, state, chosen) {
  const list = h("div", { class: "corpora" });
  const draw = async () => {
    try {
      const found = await api.corpora();
      const [shown, caches] = [found.filter((each) => !isCache(each)), found.filter(isCache)];
      replace(list, shown.length ? shown.map((each) => card(each, each.name === chosen, draw)) : h("p", { class: "quiet" }, "No corpus yet."),
        caches.length ? h("details", { class: "caches" }, h("summary", {}, `Kept by evqa itself (${caches.length})`), h("p", { class: "quiet" }, "Files that were asked directly, and collections that were measured. They are made again when they are needed."), caches.map((each) => card(each, each.name === chosen, draw))) : null);
    } catch (error) {
      replace(list, failed(error));
    }
  };
  replace(main, h("h1", {}, "Corpora"), dropZone({ corpus: chosen, done: draw }), list);
  await draw();
}

// What evqa keeps for itself, to be found here and nowhere else.
export function isCache(summary) {
  return summary.use === "files" || summary.use === "beir";
}

function card(summary, isOpen, redraw) {
  const inside = h("div", { class: "inside" });
  const facts = h("span", { class: "where" }, factsOf(summary));
  const made = h("details", { class: "corpus" }, h("summary", {}, h("h2", {}, corpusName(summary)), facts), inside);
  made.addEventListener("toggle", () => made.open && !inside.hasChildNodes() && fill(inside, facts, summary, redraw));
  if (isOpen) made.open = true;
  return made;
}

function factsOf(summary) {
  if (summary.state === "unpublished" && !summary.documents) return summary.use === "sample" ? "indexed when it is first asked" : "nothing published yet";
  return [count(summary.documents, "document"), count(summary.passages, "passage"), count(summary.references, "reference"), size(summary.bytes), summary.state].join(" · ");
}

async function fill(inside, facts, summary, redraw) {
  replace(inside, h("p", { class: "quiet" }, "Loading …"));
  try {
    const [found, failures] = await Promise.all([api.corpus(summary.name), summary.failed ? api.failures(summary.name) : []]);
    // Opened now, it may hold more than when the list was drawn.
    replace(facts, factsOf(found));
    const said = h("div", {});
    replace(inside, h("p", { class: "corpus-links" }, h("a", { href: address({ corpus: summary.name }) }, "Ask it"), " · ", h("a", { href: address({ view: "bibliography", corpus: summary.name }) }, "Its bibliography"), " · ", auditLink(summary.name), summary.use === "own" ? buttons(summary, said, redraw) : null),
      said, documentList({ ...found, failures }, () => fill(inside, facts, summary, redraw)));
  } catch (error) {
    replace(inside, failed(error));
  }
}

function buttons(summary, said, redraw) {
  const act = (work) => async () => {
    try {
      await work();
    } catch (error) {
      replace(said, failed(error));
    }
  };
  return h("span", { class: "buttons" },
    h("button", { type: "button", class: "small-button", "aria-label": `Rename corpus ${summary.name}`, onclick: act(() => rename(summary)) }, "Rename"),
    h("button", { type: "button", class: "small-button", "aria-label": `Remove corpus ${summary.name}`, onclick: act(() => remove(summary, redraw)) }, "Remove"));
}

async function rename(summary) {
  const name = await named("Rename the corpus", "Name, of letters, digits, and . _ -", summary.name, { maxlength: 64, pattern: "[A-Za-z0-9_\\-][A-Za-z0-9._\\-]*" });
  if (!name || name === summary.name) return;
  await api.send("PATCH", api.path(summary.name), JSON.stringify({ name }));
  api.forget();
  announce(`Renamed to ${name}.`);
  go(address({ view: "corpora", corpus: name }));
}

async function remove(summary, redraw) {
  const words = `${count(summary.documents, "document")} and all that was made of them are deleted. The files that they came from stay where they are.`;
  if (!await confirmed(`Remove the corpus ${summary.name}?`, words, "Remove")) return;
  await api.send("DELETE", api.path(summary.name));
  api.forget();
  announce("The corpus is removed.");
  await redraw();
}
