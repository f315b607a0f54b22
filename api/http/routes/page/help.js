// How to get about, and where programs find the same answers.

import { panel } from "./dialogs.js";
import { h } from "./dom.js";

export const SHORTCUTS = [
  ["/", "to the question, or the filter of a list"], ["n", "next statement of the answer"], ["p", "statement before"],
  ["Enter", "open what has the focus; in the question, ask"], ["Shift + Enter", "another line in the question"],
  ["Esc", "close the reference, or go back from the document to the statement"], ["?", "this help"],
];

export function help() {
  if (document.querySelector("dialog[open]")) return;
  const api = `${location.origin}/v1`;
  const asked = `curl ${api}/ask -H 'Content-Type: application/json' -d '{"question": "…"}'`;
  panel("Help", [
    h("h3", {}, "Keys"), h("dl", { class: "keys" }, SHORTCUTS.map(([key, words]) => [h("dt", {}, key.split(" + ").map((each, place) => [place ? " + " : null, h("kbd", {}, each)])), h("dd", {}, words)])),
    h("h3", {}, "Reading an answer"),
    h("p", {}, "Letters tie each statement to its mark in the document: rest on one, and both light up. Numbers such as [38] are those that the document prints; a number opens its entry. A dashed number stands in a later sentence that covers this one."),
    h("h3", {}, "For programs"),
    h("p", {}, "The same answers come as JSON from ", h("code", {}, api), ", described at ", h("a", { href: "/docs", target: "_blank", rel: "noopener" }, "/docs"), "."),
    h("pre", { tabindex: 0, "aria-label": "An example for the command line" }, asked),
    h("h3", {}, "What is kept where"),
    h("p", {}, "Documents lie on the server that this page came from. Your history and what you pinned lie in this browser. Nothing is sent anywhere else."),
  ]);
}
