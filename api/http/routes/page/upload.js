// Files on their way into a corpus: each with its own line, its own progress and its own outcome.

import * as api from "./api.js";
import { address, inPlace } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { events } from "./events.js";
import { failed } from "./failed.js";
import { report } from "./integrity.js";
import { count, size } from "./words.js";

export const SUFFIXES = [".pdf", ".docx", ".html", ".htm", ".xhtml", ".xml", ".nxml", ".md", ".txt"];
const NAME = "[A-Za-z0-9_\\-][A-Za-z0-9._\\-]{0,63}";
// A form refused as a whole for what is wrong with one of its files; so each of them is sent alone.
const REFUSED = [400, 413, 415, 422];

// `isLarge`: it stands first, where there is nothing to ask yet. `done` is called when a corpus has changed.
export function dropZone({ corpus, isLarge = false, done }) {
  const into = h("input", { id: "into", value: corpus && !/^(sample|files|beir)\./u.test(corpus) ? corpus : "default", required: true, pattern: NAME, autocomplete: "off", spellcheck: "false" });
  const pick = h("input", { id: "files", type: "file", multiple: true, accept: SUFFIXES.join(","), class: "unseen" });
  const jobs = h("ul", { class: "jobs", "aria-label": "Uploads" });
  const zone = h("div", { class: isLarge ? "drop large" : "drop" },
    h("p", {}, h("label", { for: "files", class: "button" }, "Choose files"), pick, " or drop them here. ", h("span", { class: "quiet" }, "PDF, Word, web page, JATS XML, Markdown, plain text. They stay on this server.")),
    h("p", {}, h("label", { for: "into" }, "Into corpus "), into), jobs);
  const take = async (files) => {
    if (files.length && into.reportValidity()) await store(files, into.value, jobs, done);
  };
  pick.addEventListener("change", () => take([...pick.files]));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
  onlyHere(zone);
  return h("section", { class: "upload", "aria-label": "Add documents" }, isLarge ? h("h2", {}, "Begin with a document of your own") : null, zone);
}

// A file dropped beside the place for it is taken, too: the browser would leave the page for it.
function onlyHere(zone) {
  const missed = (event) => {
    if (!zone.isConnected) return stop();
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return undefined;
    event.preventDefault();
    return event.type === "drop" ? zone.dispatchEvent(new DragEvent("drop", { dataTransfer: event.dataTransfer, cancelable: true })) : zone.classList.add("over");
  };
  const stop = () => ["dragover", "drop"].forEach((name) => removeEventListener(name, missed));
  for (const name of ["dragover", "drop"]) addEventListener(name, missed);
}

// One file's line: what happens to it, and then what became of it.
function line(file, jobs) {
  const bar = h("progress", { "aria-label": `Progress of ${file.name}` });
  const said = h("div", { class: "where" }, "sending …");
  jobs.append(h("li", {}, h("strong", {}, printed(file.name)), h("span", { class: "quiet" }, size(file.size)), bar, said));
  const tell = (words, part) => {
    if (part === undefined) bar.removeAttribute("value");
    else bar.value = part;
    replace(said, words);
  };
  const end = (words) => {
    bar.remove();
    replace(said, words);
  };
  return { file, tell, end };
}

async function store(files, corpus, jobs, done) {
  const lines = files.map((file) => line(file, jobs));
  const read = lines.filter(({ file }) => SUFFIXES.some((suffix) => file.name.toLowerCase().endsWith(suffix)));
  for (const each of lines.filter((other) => !read.includes(other))) each.end(h("p", { class: "failed" }, `Not stored: evqa reads ${SUFFIXES.join(", ")}`));
  const ended = read.length ? await together(read, corpus) : [];
  api.forget();
  const stored = ended.filter(Boolean).length;
  announce(`${stored} of ${count(files.length, "file")} stored.`);
  if (stored) jobs.append(h("li", { class: "stored" }, h("p", { class: "sound" }, `${stored} of ${count(files.length, "file")} stored. `, h("a", { href: address({ corpus }) }, "Ask it"))));
  await done();
}

// In one job, which indexes once; where the server refuses the form, file by file. Returns for each whether it is stored.
async function together(lines, corpus) {
  let job;
  try {
    job = await sent(lines, corpus);
  } catch (error) {
    if (lines.length > 1 && REFUSED.includes(error.status)) {
      const ended = [];
      for (const each of lines) ended.push(...await together([each], corpus));
      return ended;
    }
    for (const each of lines) each.end(failed(error));
    return lines.map(() => false);
  }
  try {
    return outcomes(await followed(job, lines), lines, corpus);
  } catch (error) {
    for (const each of lines) each.end(failed(error));
    return lines.map(() => false);
  }
}

async function sent(lines, corpus) {
  const body = new FormData();
  for (const { file } of lines) body.append("file", file);
  return (await api.request(`${api.path(corpus)}/documents`, { method: "POST", body })).json();
}

async function followed(job, lines) {
  const path = `/v1/jobs/${encodeURIComponent(job.id)}`;
  for await (const { data } of events(`${path}/events`)) {
    progress(data, lines);
    if (["done", "failed", "cancelled"].includes(data.state)) break;
  }
  return api.get(path);
}

const STAGES = { embed: "learning its words", index: "indexing", publish: "publishing" };

// Files are read one after the other; what follows is done for all of them at once.
function progress(job, lines) {
  if (job.state === "waiting") return lines.forEach((each) => each.tell("waiting: another process writes this corpus"));
  if (job.stage === "read") return lines.forEach((each, place) => reading(each, place - job.done));
  const counted = job.total ? `${job.done} of ${job.total} passages` : null;
  const words = [STAGES[job.stage] ?? job.state, counted].filter(Boolean).join(" · ");
  return lines.forEach((each) => each.tell(words, job.total ? job.done / job.total : undefined));
}

// `ahead`: how many files are to be read before this one.
function reading({ tell }, ahead) {
  if (ahead < 0) return tell("read", 1);
  return ahead ? tell("waiting for its turn", 0) : tell("reading …");
}

function outcomes(job, lines, corpus) {
  const found = job.outcomes ?? [];
  return lines.map((each, place) => {
    const outcome = found.length === lines.length ? found[place] : found.find((one) => one.file === each.file.name);
    const isStored = Boolean(outcome?.document) && !outcome.error;
    each.end(isStored ? stored(outcome, corpus) : h("p", { class: "failed" }, "Not stored: ", printed(outcome?.error ?? job.error ?? job.state)));
    return isStored;
  });
}

function stored(outcome, corpus) {
  return [
    h("p", {}, h("a", { href: inPlace(corpus, outcome.document) }, printed(outcome.title ?? outcome.file)), ` · ${outcome.state} · ${count(outcome.references, "reference")}, ${count(outcome.passages, "passage")}`),
    outcome.integrity ? report(outcome.integrity, null) : null,
  ];
}
