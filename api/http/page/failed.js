// What went wrong, in the server's words; where a key is wanted, the place to give it.

import { setKey } from "./api.js";
import { h } from "./dom.js";

export function failed(error) {
  const wait = error.wait ? ` Try again in ${error.wait} s.` : "";
  return h("div", { class: "failed", role: "alert" }, h("p", {}, `${error.message}${wait}`), error.status === 401 ? keyForm() : null);
}

function keyForm() {
  const box = h("input", { id: "key", type: "password", autocomplete: "off", required: true });
  const send = (event) => {
    event.preventDefault();
    setKey(box.value.trim());
    dispatchEvent(new Event("keyed"));
  };
  return h("form", { class: "key", onsubmit: send }, h("label", { for: "key" }, "Key of this server"), box, h("button", {}, "Use it"));
}
