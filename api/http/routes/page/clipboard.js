// Text taken out of the page: copied, or kept as a file.

import { h } from "./dom.js";

// What was done, in words.
export async function copied(text, words) {
  // Over plain HTTP from another machine the browser keeps its clipboard shut.
  if (!navigator.clipboard) return "This browser lets no page copy here: download it.";
  await navigator.clipboard.writeText(text);
  return words;
}

export function downloaded(text, name, type = "text/plain") {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
