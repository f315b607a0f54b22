// The documents of a corpus as a list: searched, read, renamed, removed; files that failed stand on top.

import * as api from "./api.js";
import { inPlace } from "./address.js";
import { confirmed, named } from "./dialogs.js";
import { announce, h, printed, replace } from "./dom.js";
import { failed } from "./failed.js";
import { report } from "./integrity.js";
import { fits } from "./scope.js";
import { count, people } from "./words.js";

// A list as short as this needs no search.
const SHORT = 6;

// `changed` is called when a document has another name, or is gone.
export function documentList({ name, use, contents, failures }, changed) {
  const list = h("ul", { class: "documents" });
  const tally = h("span", { class: "where", role: "status" });
  const box = h("input", { type: "search", autocomplete: "off", placeholder: "Title, author, file or year", "aria-label": `Search the documents of ${name}` });
  const draw = () => {
    const found = contents.filter((each) => fits(each, box.value));
    replace(list, found.map((each) => row(each, name, use === "own", changed)));
    replace(tally, `${found.length} of ${count(contents.length, "document")}`);
  };
  box.addEventListener("input", draw);
  draw();
  return [failedFiles(failures ?? []), contents.length > SHORT ? h("p", { class: "searched" }, box, tally) : null, list];
}

function failedFiles(failures) {
  if (!failures.length) return null;
  return h("div", { class: "failures" }, h("h3", {}, `${count(failures.length, "file")} couldn’t be taken`),
    h("ul", {}, failures.map((each) => h("li", {}, h("strong", {}, printed(each.name)), ": ", printed(each.error)))));
}

function row(document, corpus, isOwn, changed) {
  const said = h("div", {});
  const facts = [people((document.author ?? []).slice(0, 3)), document.year, document.source, document.reference && `cited paper [${document.reference}]`].filter(Boolean).join(" · ");
  const act = (work, words) => async () => {
    try {
      if (!await work()) return;
      api.forget();
      announce(words);
      await changed();
    } catch (error) {
      replace(said, failed(error));
    }
  };
  const buttons = isOwn ? h("span", { class: "buttons" },
    h("button", { type: "button", class: "small-button", "aria-label": `Rename ${document.title}`, onclick: act(() => rename(document, corpus), "Renamed.") }, "Rename"),
    h("button", { type: "button", class: "small-button", "aria-label": `Remove ${document.title}`, onclick: act(() => remove(document, corpus), "Removed.") }, "Remove")) : null;
  return h("li", {}, h("div", { class: "document-row" }, h("div", {}, h("h3", {}, h("a", { href: inPlace(corpus, document.id) }, printed(document.title))), h("p", { class: "where" }, printed(facts))), buttons),
    report(document.integrity, document.review ? null : document.id), said);
}

async function rename(document, corpus) {
  const title = await named("Rename the document", "Title in lists and answers", document.title, { maxlength: 1000 });
  if (!title || title === document.title) return false;
  await api.send("PATCH", api.documentPath(corpus, document.id), JSON.stringify({ title }));
  return true;
}

async function remove(document, corpus) {
  if (!await confirmed("Remove the document?", ["“", printed(document.title), `” is taken out of ${corpus}: questions are answered without it. The file that it came from stays where it is.`], "Remove")) return false;
  await api.send("DELETE", api.documentPath(corpus, document.id));
  return true;
}
