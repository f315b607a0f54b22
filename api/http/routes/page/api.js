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

// The same corpus and question have the same answer, so one is enough while the page is open.
export async function ask(question, name, signal) {
  const key = JSON.stringify(["ask", name ?? null, question]);
  if (!kept.has(key)) {
    const body = JSON.stringify(name ? { question, corpus: name } : { question });
    const headers = { "Content-Type": "application/json" };
    const found = await (await request("/v1/ask", { method: "POST", headers, body, signal })).json();
    if (kept.size > 30) kept.clear();
    kept.set(key, found);
  }
  return kept.get(key);
}

export function forget() {
  kept.clear();
}

export function documentOf(name, id) {
  return get(`${path(name)}/documents/${encodeURIComponent(id)}`);
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

export async function exported(name, format, given = {}) {
  const query = new URLSearchParams({ ...given, format });
  return (await request(`${path(name)}/references?${query}`)).text();
}

export function path(name) {
  return `/v1/corpora/${encodeURIComponent(name)}`;
}
