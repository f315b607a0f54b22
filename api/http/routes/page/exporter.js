// References copied or kept as a file, in the forms that other programs read.

import { exported } from "./api.js";
import { copied, downloaded } from "./clipboard.js";
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
    h("button", { type: "button", onclick: run((text, _, label) => copied(text, `Copied as ${label}.`)) }, "Copy"), h("button", { type: "button", onclick: run(download) }, "Download"), said);
}

function tell(said, words) {
  replace(said, words);
  announce(words);
}

function download(text, name, label) {
  downloaded(text, name);
  return `${name} is downloaded as ${label}.`;
}
