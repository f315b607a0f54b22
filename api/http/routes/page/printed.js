// A page as it is printed, with the statements of an answer marked where they stand on it.

import * as api from "./api.js";
import { address, inPlace } from "./address.js";
import { announce, bring, focusOn, h, replace, shown, slicer } from "./dom.js";
import { letter } from "./evidence.js";
import { failed } from "./failed.js";
import { keep, kept } from "./storage.js";

const PDF = "application/pdf";
// Whether pages are drawn larger than the column.
const LARGE = "large-pages";

// The two ways to read a document that has pages; of others there is only one.
export function ways(whole, state, at) {
  if (whole.source.media_type !== PDF) return null;
  const page = state.page ?? pageOf(whole, at);
  const link = (label, isHere, to) => h("a", { href: address({ ...state, ...to }), "aria-current": isHere ? "true" : null }, label);
  return h("nav", { class: "ways", "aria-label": "How it is shown" }, link("Text", !state.page, { page: null }), link("Pages as printed", Boolean(state.page), { page }));
}

// The page on which a place in the text stands; the first one where that isn't known.
export function pageOf(whole, at) {
  const holds = (each) => each.start <= at && at < each.end && each.page;
  return whole.sentences.find(holds)?.page ?? whole.blocks.find(holds)?.page ?? 1;
}

export async function printedView(into, whole, state, corpus, marks, { tools, scroller = null, isFocused = true }) {
  const number = Number(state.page);
  replace(into, h("p", { class: "quiet" }, `Drawing page ${state.page} …`));
  try {
    const [page, picture] = await Promise.all([api.statementsOf(corpus, whole.id, number), api.pictureOf(corpus, whole.id, number)]);
    tools.append(turning(page, state, into));
    replace(into, elsewhere(page, state, whole, marks), sheet(page, picture, whole, state, corpus, marks));
    arrive(into, page, scroller, isFocused);
  } catch (error) {
    replace(into, failed(error));
  }
}

function turning(page, state, into) {
  const to = (number, label, words) => (number >= 1 && number <= page.pages
    ? h("a", { class: "button", href: address({ ...state, page: number }), "aria-label": words }, label)
    : h("span", { class: "button off", "aria-hidden": "true" }, label));
  const larger = h("button", { type: "button", "aria-pressed": String(kept(LARGE, false)), title: "Larger", "aria-label": "Larger page", onclick: () => {
    keep(LARGE, !kept(LARGE, false));
    larger.setAttribute("aria-pressed", String(kept(LARGE, false)));
    into.querySelector(".print").classList.toggle("large", kept(LARGE, false));
  } }, "+");
  return h("p", { class: "turning" }, to(page.page - 1, "←", "Page before"), h("span", { class: "number", id: "page-number" }, `Page ${page.page} of ${page.pages}`), to(page.page + 1, "→", "Next page"), larger);
}

function elsewhere(page, state, whole, marks) {
  const others = [...new Set(marks.map((mark) => pageOf(whole, mark.start)))].filter((number) => number !== page.page);
  return others.length ? h("p", { class: "where" }, "More of the answer on ", others.flatMap((number) => [h("a", { href: address({ ...state, page: number }) }, `page\u00a0${number}`), " "])) : null;
}

function sheet(page, picture, whole, state, corpus, marks) {
  const canvas = h("canvas", { role: "img", "aria-label": `Page ${page.page} of ${whole.title}, as it is printed. Its words are in the text.`, width: picture.width, height: picture.height });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const cut = slicer(whole.text);
  const words = (each) => cut(each.start, each.end);
  const layers = page.statements.map((each) => {
    const mark = marks.find((one) => one.start < each.end && one.end > each.start);
    const href = inPlace(corpus, whole.id, each.start, each.end, state.q);
    const boxes = each.boxes.map((box, line) => over(box, mark ? markOf(mark, each, line, href, words) : h("a", { class: "plain-box", href, tabindex: -1, "aria-hidden": "true", "data-statement": each.start })));
    return mark ? [boxes, tag(mark, each.boxes[0])] : boxes;
  });
  const figure = h("figure", { class: "sheet" }, h("div", { class: "aside", role: "region", "aria-label": "The page", tabindex: 0 }, h("div", { class: kept(LARGE, false) ? "print large" : "print" }, canvas, layers)), legend(page, state, marks, words));
  figure.addEventListener("pointerover", (event) => light(figure, event.target.dataset.statement));
  figure.addEventListener("pointerleave", () => light(figure, undefined));
  return figure;
}

// The first line of a statement stands for all of them where there is no picture.
function markOf(mark, { start, end }, line, href, words) {
  const facts = line ? { tabindex: -1, "aria-hidden": "true" } : { id: `p${start}`, "aria-label": `Read in the text: ${words({ start, end })}` };
  return h("a", { class: `spot ${mark.chosen ? "chosen" : mark.isContext ? "before" : "other"}`, href, "data-piece": mark.piece ?? null, ...facts });
}

// The letter of a statement, at its beginning.
function tag(mark, [left, top]) {
  if (mark.piece === undefined || mark.isContext) return null;
  const made = h("span", { class: "tag", "aria-hidden": "true" }, letter(mark.piece));
  Object.assign(made.style, { left: `${100 * left}%`, top: `${100 * top}%` });
  return made;
}

// What is marked is also said, since a picture can't be read out.
function legend(page, state, marks, words) {
  const here = page.statements.filter((each) => marks.some((mark) => mark.start < each.end && mark.end > each.start));
  if (!here.length) return h("figcaption", { class: "where" }, "Every statement on the page leads to its place in the text.");
  return h("figcaption", { class: "where" }, "Marked: ", here.flatMap((each) => [h("q", {}, shown(words(each))), " "]), rest(page, state, here));
}

// A statement that a page break cuts.
function rest(page, state, here) {
  const cut = here.find((each) => each.share < 0.97);
  if (!cut) return null;
  const isFirst = cut === page.statements[0];
  const number = page.page + (isFirst ? -1 : 1);
  return number >= 1 && number <= page.pages ? h("a", { href: address({ ...state, page: number }) }, isFirst ? `Begins on page ${number}` : `Continued on page ${number}`) : null;
}

function over([left, top, right, bottom], element) {
  const share = (value) => `${(100 * value).toFixed(3)}%`;
  Object.assign(element.style, { left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) });
  return element;
}

// All lines of the statement under the pointer.
function light(figure, statement) {
  for (const each of figure.querySelectorAll(".plain-box")) each.classList.toggle("lit", statement !== undefined && each.dataset.statement === statement);
}

function arrive(into, page, scroller, isFocused) {
  const target = into.querySelector("a.chosen[id]") ?? into.querySelector("a.other[id]");
  if (scroller && target) bring(target, scroller);
  else if (!scroller) (target ?? into).scrollIntoView({ block: target ? "center" : "start", inline: "center" });
  if (!isFocused) return undefined;
  focusOn(target ?? document.getElementById("page-number"));
  return announce(`Page ${page.page} of ${page.pages}.${target ? " The statement is marked on it." : ""}`);
}
