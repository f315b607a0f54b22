// Which view is shown is said in the query of the address, so that a link reproduces it.

const NAMES = ["view", "corpus", "q", "document", "at", "page", "sort", "filter", "show", "entry", "of"];
const SIDE = ["entry", "of"];

export function current() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
}

export function address(state) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (state[name]) query.set(name, state[name]);
  const text = query.toString();
  return text ? `/?${text}` : "/";
}

export function withEntry(numbers, of) {
  return address({ ...current(), entry: [numbers].flat().join(","), of });
}

export function withoutEntry() {
  return address({ ...current(), entry: null, of: null });
}

// What tells one main view from another, the entry beside it left out.
export function mainKey(state) {
  return address({ ...state, ...Object.fromEntries(SIDE.map((name) => [name, null])) });
}

// With a page, on that page as it is printed.
export function inPlace(corpus, document, start, end, q, page) {
  return address({ corpus, document, at: start === undefined ? null : `${start}-${end}`, page, q });
}

export function go(to) {
  history.pushState(null, "", to);
  dispatchEvent(new Event("moved"));
}

// The address says what is shown, while nothing is shown anew.
export function note(state) {
  history.replaceState(null, "", address(state));
}
