// The document beside its answer: it opens where a statement stands, and moves from one to the next without leaving the page.

import * as api from "./api.js";
import { current } from "./address.js";
import { h, replace } from "./dom.js";
import { choose, drawDocument } from "./document.js";
import { evidence, marksIn } from "./evidence.js";
import { failed } from "./failed.js";
import { keep, kept } from "./storage.js";

// There is room for two columns.
const WIDE = matchMedia("(min-width: 64rem)");

export function isWide() {
  return WIDE.matches;
}

export function onWidth(changed) {
  WIDE.addEventListener("change", changed);
}

// Whether pages are shown as they are printed, as far as a document has pages.
const AS_PRINTED = "as-printed";

// `show` opens what a state names, or without a name the answer's first statement; only what was named gets the focus.
export function reader(into, corpus, answer) {
  const pieces = evidence(answer);
  let drawn = null;
  const show = async (state) => {
    const place = placeOf(state, pieces);
    if (!place) return replace(into, h("p", { class: "quiet" }, "Nothing to show beside it."));
    const isNamed = Boolean(state.document);
    if (isNamed) keep(AS_PRINTED, Boolean(state.page));
    try {
      const whole = await api.documentOf(corpus, place.document);
      if ((current().document ?? null) !== (state.document ?? null)) return undefined;
      const marks = marksIn(pieces, whole.id, place.at);
      const given = { pieces, scroller: into, isFocused: isNamed };
      const key = [whole.id, ...marks.map((each) => `${each.start}-${each.end}`)].join(" ");
      if (drawn === key && !place.page) return choose(into, marks, into, isNamed);
      drawn = place.page ? null : key;
      return await drawDocument(into, whole, { ...state, ...place, corpus }, corpus, marks, given);
    } catch (error) {
      drawn = null;
      return replace(into, failed(error));
    }
  };
  return { show };
}

function placeOf(state, pieces) {
  if (state.document) return { document: state.document, at: state.at, page: state.page };
  const first = pieces.find((each) => !each.isContext);
  if (!first) return null;
  return { document: first.document.id, at: `${first.start}-${first.end}`, page: kept(AS_PRINTED, false) ? first.page : null };
}
