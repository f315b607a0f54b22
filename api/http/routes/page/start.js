// The first screen: questions that the corpus answers, those asked before, and a place to drop a file.

import * as api from "./api.js";
import { address, inPlace } from "./address.js";
import { h, printed, replace } from "./dom.js";
import { failed } from "./failed.js";
import { recent } from "./history.js";
import { dropZone } from "./upload.js";

export async function startView(into, corpus, corpora) {
  const isOwn = corpora.some((each) => each.use === "own" && each.documents);
  const examples = h("section", { class: "example-list", "aria-label": "Examples" });
  const drop = dropZone({ corpus, isLarge: !isOwn, done: () => {} });
  replace(into, isOwn ? [examples, recent(corpus, 5), drop] : [drop, examples]);
  // Where no example can be made a question can still be asked.
  try {
    await fill(examples, corpus);
  } catch (error) {
    replace(examples, failed(error));
  }
}

async function fill(into, corpus) {
  if (!corpus) return;
  replace(into, h("p", { class: "quiet" }, "Looking for questions that it answers …"));
  const found = await api.examples(corpus);
  const titles = new Map(found.map((each) => [each.document.id, each.document.title]));
  replace(into, [...titles].map(([id, title]) => [
    h("h2", { class: "small" }, "For example, from ", h("a", { href: inPlace(corpus, id) }, printed(title))),
    h("ul", { class: "examples" }, found.filter((each) => each.document.id === id).map((each) => h("li", {}, h("a", { href: address({ corpus, q: each.question, in: titles.size > 1 ? id : null }) }, printed(each.question)))))]));
}
