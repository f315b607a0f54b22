// Which view is shown is said in the query of the address, so that a link reproduces it.

// What of the corpus a question is put to: a document by its id, years of publication, a kind of passage, a section.
export const SCOPE = ["in", "years", "kind", "section"];
const PLACE = ["document", "at", "page"];
const SIDE = ["entry", "of"];
const NAMES = ["view", "corpus", "q", ...SCOPE, ...PLACE, "sort", "filter", "show", ...SIDE];

export function current() {
  return stateOf(location.search);
}

export function stateOf(search) {
  const query = new URLSearchParams(search);
  return Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
}

export function address(state) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (state[name]) query.set(name, state[name]);
  const text = query.toString();
  return text ? `/?${text}` : "/";
}

function without(state, names) {
  return { ...state, ...Object.fromEntries(names.map((name) => [name, null])) };
}

export function withEntry(numbers, of) {
  return address({ ...current(), entry: [numbers].flat().join(","), of });
}

export function withoutEntry() {
  return address(without(current(), SIDE));
}

// What tells one main view from another, the entry beside it left out.
export function mainKey(state) {
  return address(without(state, SIDE));
}

// What tells one answer from another, wherever it is being read.
export function answerKey(state) {
  return address(without(state, [...PLACE, ...SIDE]));
}

export function scopeOf(state) {
  return Object.fromEntries(SCOPE.filter((name) => state[name]).map((name) => [name, state[name]]));
}

// The answer to the question of a state, without the place where it is read.
export function toAnswer(state) {
  return address({ corpus: state.corpus, q: state.q, ...scopeOf(state) });
}

// With a page, on that page as it is printed. A question comes with what it was put to.
export function inPlace(corpus, document, start, end, q, page) {
  const scope = q ? scopeOf(current()) : {};
  return address({ corpus, ...scope, document, at: start === undefined ? null : `${start}-${end}`, page, q });
}

export function go(to) {
  history.pushState(null, "", to);
  dispatchEvent(new Event("moved"));
}

// The address says what is shown, while nothing is shown anew.
export function note(state) {
  history.replaceState(null, "", address(state));
}

// Beside an answer the document moves, and the way back leads past it, to what was asked before.
export function turn(to) {
  history.replaceState(null, "", to);
  dispatchEvent(new Event("moved"));
}
