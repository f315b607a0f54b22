// Every piece of evidence of an answer, where it stands, and the light that falls on both of its sides at once.

import { bring } from "./dom.js";

// Milliseconds that pointer or focus rest on a claim before its sentence is brought into view.
const REST = 350;

// Claims, and the sentences that they lean on; of a refusal the nearest passages. `piece` counts what is shown on the left.
export function evidence(answer) {
  const homes = new Map(answer.passages.map((each) => [each.id, each]));
  const all = answer.claims.length ? answer.claims.flatMap(claimed) : answer.passages.map((each, piece) => ({ ...each, piece, passage: each.id }));
  return all.map((each) => placed(each, homes)).filter(Boolean);
}

// The sentence before stands in the claim's own document; its passage isn't among those of the answer.
function claimed(claim, piece) {
  const { start, end } = claim.context ?? {};
  return claim.context ? [{ ...claim, piece }, { ...claim, start, end, piece, isContext: true }] : [{ ...claim, piece }];
}

function placed({ piece, start, end, passage, isContext = false }, homes) {
  const home = homes.get(passage);
  return home ? { piece, start, end, isContext, document: home.document, page: home.page } : null;
}

// A, B, … Z, AA: numbers would look like those of references.
export function letter(piece) {
  const last = String.fromCharCode(65 + (piece % 26));
  return piece < 26 ? last : letter(Math.floor(piece / 26) - 1) + last;
}

// What is marked in a document, in its order: `chosen` is the place that was opened, "start-end".
export function marksIn(pieces, document, chosen) {
  const found = new Map();
  for (const each of pieces) {
    const key = `${each.start}-${each.end}`;
    if (each.document.id === document && (!found.has(key) || found.get(key).isContext)) found.set(key, { ...each, chosen: key === chosen });
  }
  const [start, end] = (chosen ?? "").split("-").map(Number);
  if (end > start && !found.has(chosen)) found.set(chosen, { start, end, chosen: true, isContext: false });
  return [...found.values()].sort((a, b) => a.start - b.start);
}

// What the pointer or the focus is on lights up wherever it stands: claims, marks in the text, boxes on a page.
export function lightBothSides(root) {
  let waiting = null;
  const lit = (event) => {
    const on = event.target.closest?.("[data-piece]");
    clearTimeout(waiting);
    light(root, on?.dataset.piece);
    if (on?.closest(".asked")) waiting = setTimeout(() => show(root, on.dataset.piece), REST);
  };
  root.addEventListener("pointerover", lit);
  root.addEventListener("focusin", lit);
  root.addEventListener("pointerleave", () => {
    clearTimeout(waiting);
    light(root, undefined);
  });
}

function light(root, piece) {
  for (const each of root.querySelectorAll("[data-piece]")) each.classList.toggle("lit", piece !== undefined && each.dataset.piece === piece);
}

function show(root, piece) {
  const reader = root.querySelector(".reader");
  const mark = reader?.querySelector(`.spot[data-piece="${piece}"]:not(.before)`);
  if (mark) bring(mark, reader, true);
}
