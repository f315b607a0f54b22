// Light, dark, or as the system has it.

import { announce, h } from "./dom.js";

const KEY = "evqa-theme";
const NEXT = { system: "light", light: "dark", dark: "system" };
const SIGNS = { system: "◐", light: "☀", dark: "☾" };

export function themeButton() {
  const made = h("button", { type: "button", class: "icon", id: "theme" });
  const show = () => {
    const words = `Theme: ${chosen()}. Change it`;
    made.textContent = SIGNS[chosen()];
    made.setAttribute("aria-label", words);
    made.title = words;
  };
  made.addEventListener("click", () => {
    choose(NEXT[chosen()]);
    show();
    announce(`Theme: ${chosen()}.`);
  });
  show();
  return made;
}

function chosen() {
  return document.documentElement.dataset.theme ?? "system";
}

// Kept as a bare word, since theme.js reads it before any module is there.
function choose(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Shut: it lasts as long as the page.
  }
}
