// An answer also as a running text, where the server has a language model: each sentence with the letters of the
// statements that it was checked against. The statements stay the answer.

import * as api from "./api.js";
import { scopeOf } from "./address.js";
import { announce, h, replace, shown } from "./dom.js";
import { chip, marker } from "./entry.js";
import { letter } from "./evidence.js";
import { failed } from "./failed.js";
import { parted } from "./markers.js";

export function phrasingBox(answer, state) {
  const box = h("section", { class: "phrasing", "aria-label": "As a running text", hidden: true });
  const button = h("button", { type: "button", title: "A language model joins these statements; every sentence is checked against them" }, "Also as a running text");
  button.addEventListener("click", async () => {
    button.disabled = true;
    replace(box, h("p", { class: "quiet" }, "Phrasing it, and checking each sentence …"));
    try {
      const { phrasing, warnings } = await api.ask(state.q, answer.corpus.name, scopeOf(state), true);
      replace(box, phrasing ? phrased(phrasing, answer) : h("p", { class: "note" }, shown(warnings.at(-1) ?? "It couldn’t be phrased.")));
      button.remove();
      announce(phrasing ? `${phrasing.sentences.length} sentences, each checked against the statements above.` : "It couldn’t be phrased.");
    } catch (error) {
      replace(box, failed(error));
      button.disabled = false;
    }
  });
  api.features().then(({ phrasing }) => {
    if (!phrasing) return;
    replace(box, button);
    box.hidden = false;
  }, () => {
    // Without an answer to that, nothing is offered.
  });
  return box;
}

function phrased({ sentences, model, replaced }, answer) {
  const left = replaced ? ` ${replaced} of its sentences failed the check and stand as printed.` : "";
  return [
    h("h3", {}, "As a running text"),
    h("p", { class: "phrased" }, sentences.map((each) => [sentence(each, answer), " "])),
    h("p", { class: "legend" }, `Joined by ${model}, not word for word.${left} Letters lead to the statements that each sentence was checked against.`),
  ];
}

function sentence(each, answer) {
  const home = answer.passages.find((one) => one.id === answer.claims[each.claims[0]]?.passage)?.document;
  const of = home?.review ?? home?.id;
  const letters = each.claims.map((piece) => h("a", { class: "letter", href: `#claim-${piece}`, "data-piece": piece, "aria-label": `Statement ${letter(piece)}`, onclick: toClaim }, letter(piece)));
  // What stands as printed prints its own numbers.
  const parts = parted(each.text, each.references);
  const told = parts.flatMap((part) => part.numbers ?? []);
  const words = parts.map((part) => (part.numbers ? marker(part.text, part.numbers, of) : shown(part.text)));
  const numbers = each.references.filter((number) => !told.includes(number)).map((number) => chip(number, of));
  return h("span", { class: each.replaced ? "as-printed" : null }, h("bdi", { dir: "auto" }, words), numbers.map((one) => ["\u00a0", one]), letters.map((one) => ["\u00a0", one]));
}

// Within the page; the address names the question and stays.
function toClaim(event) {
  event.preventDefault();
  const claim = document.getElementById(event.target.getAttribute("href").slice(1));
  claim.scrollIntoView({ block: "center" });
  claim.querySelector("a, button")?.focus({ preventScroll: true });
}
