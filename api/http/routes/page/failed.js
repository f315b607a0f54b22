// What went wrong, in the server's words, which say what to do; where a key is wanted, the place to give it, and where it
// may go well a little later, a way to try again.

import { setKey } from "./api.js";
import { h } from "./dom.js";

const PASSING = [0, 429, 503];

export function failed(error) {
  const next = error.status === 401 ? keyForm() : PASSING.includes(error.status) ? again() : null;
  return h("div", { class: "failed", role: "alert" }, h("p", {}, error.message), next);
}

function again() {
  return h("button", { type: "button", onclick: () => dispatchEvent(new Event("again")) }, "Try again");
}

function keyForm() {
  const box = h("input", { id: "key", type: "password", autocomplete: "off", required: true });
  const send = (event) => {
    event.preventDefault();
    setKey(box.value.trim());
    dispatchEvent(new Event("again"));
  };
  return h("form", { class: "key", onsubmit: send }, h("label", { for: "key" }, "Key of this server"), box, h("button", {}, "Use it"));
}
