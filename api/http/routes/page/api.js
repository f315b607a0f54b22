// Requests to the server that this page came from, and to no other.

const KEY = "evqa-key";
const kept = new Map();

export class Refused extends Error {
  constructor(status, detail, wait) {
    super(detail);
    this.status = status;
    this.wait = wait;
  }
}

export function setKey(key) {
  kept.clear();
  sessionStorage.setItem(KEY, key);
}

export function hasKey() {
  return sessionStorage.getItem(KEY) !== null;
}

export async function request(path, given = {}) {
  const headers = new Headers(given.headers);
  const key = sessionStorage.getItem(KEY);
  if (key) headers.set("Authorization", `Bearer ${key}`);
  let response;
  try {
    response = await fetch(path, { ...given, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, "The server can’t be reached. See whether it still runs, then try again.");
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response) {
  const words = await response.text();
  let detail = words.slice(0, 300) || response.statusText;
  try {
    detail = JSON.parse(words).detail ?? detail;
  } catch {
    // Not problem details, such as a proxy's page: its first words say more than nothing.
  }
  return new Refused(response.status, detail, response.headers.get("Retry-After"));
}

export async function get(path, signal) {
  return (await request(path, { signal })).json();
}

export function corpora() {
  return get("/v1/corpora");
}

export function corpus(name) {
  return get(path(name));
}

// The same corpus and question have the same answer, so one is enough while the page is open; so with a document.
async function once(key, fetched) {
  if (!kept.has(key)) {
    const found = await fetched();
    if (kept.size > 30) kept.clear();
    kept.set(key, found);
  }
  return kept.get(key);
}

// `scope`: what of the corpus it is put to, as the address names it.
export function ask(question, corpus, { in: document, years, kind, section } = {}, phrase = undefined) {
  const given = JSON.stringify({ question, corpus, document, years, kind, section, phrase });
  return once(`ask ${given}`, async () => (await send("POST", "/v1/ask", given)).json());
}

export function features() {
  return once("features", () => get("/v1/features"));
}

export function send(method, to, body) {
  return request(to, { method, body, headers: body ? { "Content-Type": "application/json" } : {} });
}

export function forget() {
  kept.clear();
}

export function documentOf(name, id) {
  const to = documentPath(name, id);
  return once(to, () => get(to));
}

export function documentPath(name, id) {
  return `${path(name)}/documents/${encodeURIComponent(id)}`;
}

export function statementsOf(name, id, page) {
  return get(`${path(name)}/documents/${encodeURIComponent(id)}/pages/${page}/statements`);
}

// Fetched like all else, so that a key goes with it, which an <img> wouldn't send.
export async function pictureOf(name, id, page) {
  const response = await request(`${path(name)}/documents/${encodeURIComponent(id)}/pages/${page}`);
  return createImageBitmap(await response.blob());
}

export function audit(name) {
  return get(`${path(name)}/audit`);
}

export function references(name) {
  return get(`${path(name)}/references`);
}

export function reference(name, number, document) {
  const query = document ? `?document=${encodeURIComponent(document)}` : "";
  return get(`${path(name)}/references/${number}${query}`);
}

// The whole bibliography, or only these entries, which may be of several documents, in their order.
export async function exported(name, format, entries) {
  const query = new URLSearchParams({ format });
  for (const each of entries ?? []) query.append("entry", `${each.document}:${each.number}`);
  return (await request(`${path(name)}/${entries ? "export" : "references"}?${query}`)).text();
}

// The keys under which entries are exported, in the order of the entries.
export async function keysOf(name, entries) {
  return JSON.parse(await exported(name, "json", entries)).map((each) => each.key);
}

export function failures(name) {
  return get(`${path(name)}/failures`);
}

// Questions that this corpus answers, made of its own words.
export function examples(name) {
  return get(`${path(name)}/examples`);
}

export function path(name) {
  return `/v1/corpora/${encodeURIComponent(name)}`;
}
