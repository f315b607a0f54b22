// Small windows over the page: one that asks before something is gone, one that asks for a name.

import { h, replace } from "./dom.js";

// Resolves to what was given: true, or the words typed; null where the reader thought better of it.
function opened(title, inside, button, isGrave, value) {
  return new Promise((resolve) => {
    const close = () => dialog.close();
    const form = h("form", { method: "dialog" }, h("h2", { id: "asks" }, title), inside,
      h("p", { class: "buttons" }, h("button", { type: "submit", class: isGrave ? "grave" : "main" }, button), h("button", { type: "button", autofocus: isGrave, onclick: close }, "Cancel")));
    const dialog = h("dialog", { "aria-labelledby": "asks" }, form);
    let given = null;
    form.addEventListener("submit", () => { given = value(); });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(given);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function confirmed(title, words, button) {
  return opened(title, h("p", {}, words), button, true, () => true);
}

export function named(title, label, earlier, given = {}) {
  const box = h("input", { id: "new-name", required: true, autocomplete: "off", ...given });
  box.value = earlier;
  return opened(title, h("p", { class: "field" }, h("label", { for: "new-name" }, label), box), "Rename", false, () => box.value.trim());
}

export function panel(title, inside) {
  const dialog = h("dialog", { class: "panel", "aria-labelledby": "panel-title" });
  replace(dialog, h("div", { class: "dialog-head" }, h("h2", { id: "panel-title", tabindex: -1 }, title), h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() }, "×")), inside);
  dialog.addEventListener("close", () => dialog.remove());
  // A press beside it closes it, as people expect.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
