// Forms that try an operation on the server that this page came from, and on no other.

const KEY = "evqa-key";
const LONGEST = 200_000;
const key = document.getElementById("key");

function request(form) {
  const values = [...form.querySelectorAll("[data-in]")];
  let path = form.dataset.path;
  const query = new URLSearchParams();
  let body;
  for (const field of values) {
    const { in: place } = field.dataset;
    if (place === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    else if (place === "query" && field.value) query.append(field.name, field.value);
    else if (place === "body") body = field.value;
  }
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  if (key.value) headers.Authorization = `Bearer ${key.value}`;
  return { address: query.size ? `${path}?${query}` : path, method: form.dataset.method, headers, body };
}

async function send(form) {
  const said = form.querySelector(".said");
  const reply = form.querySelector(".reply");
  const { address, ...given } = request(form);
  said.textContent = "waiting …";
  reply.hidden = true;
  const begun = performance.now();
  try {
    const response = await fetch(address, given);
    const text = response.headers.get("Content-Type")?.startsWith("image/") ? "(a picture)" : await first(response);
    said.textContent = `${response.status} ${response.statusText} · ${Math.round(performance.now() - begun)} ms`;
    reply.textContent = shown(text);
    reply.hidden = !text;
  } catch {
    said.textContent = "The server can’t be reached.";
  }
}

// The beginning of a response, since a stream of events may not end.
async function first(response) {
  if (!response.body) return "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done && text.length < LONGEST; part = await reader.read()) text += part.value;
  await reader.cancel();
  return text;
}

function shown(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function copy(form) {
  const { address, method, headers, body } = request(form);
  const parts = ["curl", "-X", method, quoted(location.origin + address)];
  // A key isn't put where others may read it.
  if (headers.Authorization) parts.push("-H", `"Authorization: Bearer $EVQA_KEY"`);
  if (body !== undefined) parts.push("-H", quoted("Content-Type: application/json"), "-d", quoted(body));
  const said = form.querySelector(".said");
  try {
    await navigator.clipboard.writeText(parts.join(" "));
    said.textContent = "copied";
  } catch {
    const reply = form.querySelector(".reply");
    reply.textContent = parts.join(" ");
    reply.hidden = false;
    said.textContent = "This browser doesn’t let the page copy; here it is.";
  }
}

function opened() {
  const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (found?.tagName !== "DETAILS") return;
  found.open = true;
  found.scrollIntoView();
}

key.value = sessionStorage.getItem(KEY) ?? "";
key.addEventListener("change", () => sessionStorage.setItem(KEY, key.value));
document.querySelector(".key").hidden = false;
for (const form of document.querySelectorAll("form")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  form.querySelector(".copy").addEventListener("click", () => copy(form));
}
addEventListener("hashchange", opened);
opened();
