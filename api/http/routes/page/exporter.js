// References copied or kept as a file, in the forms that other programs read.

import { exported } from "./api.js";
import { announce, h, replace } from "./dom.js";

const FORMS = [["bibtex", "BibTeX", "bib"], ["ris", "RIS", "ris"], ["csl-json", "CSL-JSON", "json"]];

export function exporter(corpus, given, name) {
  const said = h("span", { class: "said-so" });
  const select = h("select", { "aria-label": "Format" }, FORMS.map(([value, label]) => h("option", { value }, label)));
  const run = (deliver) => async () => {
    const [form, label, suffix] = FORMS.find(([value]) => value === select.value);
    try {
      const text = await exported(corpus, form, given);
      tell(said, await deliver(text, `${name}.${suffix}`, label));
    } catch (error) {
      tell(said, error.message);
    }
  };
  return h("div", { class: "exporter" }, h("span", { class: "label" }, "Take them with you"), select,
    h("button", { type: "button", onclick: run(copy) }, "Copy"), h("button", { type: "button", onclick: run(download) }, "Download"), said);
}

function tell(said, words) {
  replace(said, words);
  announce(words);
}

async function copy(text, _, label) {
  // Over plain HTTP from another machine the browser keeps its clipboard shut.
  if (!navigator.clipboard) return "This browser lets no page copy here: download it.";
  await navigator.clipboard.writeText(text);
  return `Copied as ${label}.`;
}

async function download(text, name, label) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return `${name} is downloaded as ${label}.`;
}
