// The corpora: what each holds, whether it is sound, and a place to drop a document.

import * as api from "./api.js";
import { address, inPlace } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { chip } from "./entry.js";
import { events } from "./events.js";
import { failed } from "./failed.js";
import { corpusName, count, numbers, size } from "./words.js";

export async function corporaView(main, state, chosen) {
  const list = h("div", { class: "corpora" });
  const draw = async () => {
    try {
      const found = await api.corpora();
      replace(list, found.length ? found.map((each) => card(each, each.name === chosen)) : h("p", { class: "quiet" }, "No corpus yet."));
    } catch (error) {
      replace(list, failed(error));
    }
  };
  replace(main, h("h1", {}, "Corpora"), upload(chosen, draw), list);
  await draw();
}

function card(summary, isOpen) {
  const inside = h("div", { class: "inside" });
  const facts = [count(summary.documents, "document"), count(summary.passages, "passage"), count(summary.references, "reference"), size(summary.bytes), summary.state].join(" · ");
  const made = h("details", { class: "corpus" }, h("summary", {}, h("h2", {}, corpusName(summary)), h("span", { class: "where" }, facts)), inside);
  made.addEventListener("toggle", () => made.open && !inside.hasChildNodes() && fill(inside, summary));
  if (isOpen) made.open = true;
  return made;
}

async function fill(inside, summary) {
  replace(inside, h("p", { class: "quiet" }, "Loading …"));
  try {
    const { contents } = await api.corpus(summary.name);
    replace(inside, h("p", {}, h("a", { href: address({ corpus: summary.name }) }, "Ask it"), " · ", h("a", { href: address({ view: "bibliography", corpus: summary.name }) }, "Its bibliography")),
      summary.failed ? h("p", { class: "note" }, `${count(summary.failed, "file")} couldn’t be taken; the command line names ${summary.failed === 1 ? "it" : "them"}.`) : null,
      h("ul", { class: "documents" }, contents.map((each) => held(each, summary.name))));
  } catch (error) {
    replace(inside, failed(error));
  }
}

function held(document, corpus) {
  return h("li", {}, h("h3", {}, h("a", { href: inPlace(corpus, document.id) }, printed(document.title))),
    h("p", { class: "where" }, printed([document.source, document.year, document.reference && `cited paper [${document.reference}]`].filter(Boolean).join(" · "))), report(document.integrity, document.review ? null : document.id));
}

// What a reader found in a file, and whether it is sound.
function report(found, of) {
  const isSound = found.contiguous && !found.duplicates?.length && !found.unresolved?.length;
  const list = (all) => (of ? h("span", { class: "chips" }, all.map((number) => [chip(number, of), " "])) : numbers(all));
  const rows = [
    ["References", `${found.references}, ${found.contiguous ? "numbered without a gap" : `missing ${numbers(found.missing ?? [])}`}`],
    ["Citations", `${found.citations} pairs of statement and reference`],
    ["Unresolved markers", found.unresolved?.length ? found.unresolved.map((each) => h("div", {}, printed(each.marker), ` (${each.reason})`)) : "none"],
    found.duplicates?.length ? ["Numbers given twice", numbers(found.duplicates)] : null,
    ["Never cited", found.never_cited?.length ? list(found.never_cited) : "none"],
    found.duplicate_entries?.length ? ["One work, two numbers", found.duplicate_entries.map((pair) => pair.join(" and ")).join("; ")] : null,
    found.without_doi?.length ? ["Without a DOI", numbers(found.without_doi)] : null,
    ...(found.warnings ?? []).map((words) => ["Note", printed(words)]),
  ].filter(Boolean);
  return h("div", { class: "report" }, h("p", { class: isSound ? "sound" : "unsound" }, isSound ? "Sound" : "Not sound"), h("dl", {}, rows.map(([term, what]) => [h("dt", {}, term), h("dd", {}, what)])));
}

function upload(chosen, done) {
  const corpus = h("input", { id: "into", value: chosen && !/^(sample|files)\./u.test(chosen) ? chosen : "default", required: true, pattern: "[A-Za-z0-9_\\-][A-Za-z0-9._\\-]{0,63}", autocomplete: "off", spellcheck: "false" });
  const pick = h("input", { id: "files", type: "file", multiple: true, accept: ".pdf,.xml,.nxml,.md,.txt", class: "unseen" });
  const jobs = h("ul", { class: "jobs", "aria-label": "Uploads" });
  const zone = h("div", { class: "drop" }, h("p", {}, h("label", { for: "files", class: "button" }, "Choose files"), pick, " or drop them here. ", h("span", { class: "quiet" }, "PDF, JATS XML, Markdown, plain text.")), h("p", {}, h("label", { for: "into" }, "Into corpus "), corpus), jobs);
  const take = async (files) => {
    if (!corpus.reportValidity()) return;
    for (const file of files) await store(file, corpus.value, jobs, done);
  };
  pick.addEventListener("change", () => take([...pick.files]));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
  return h("section", { class: "upload", "aria-label": "Add documents" }, zone);
}

async function store(file, corpus, jobs, done) {
  const bar = h("progress", { "aria-label": `Progress of ${file.name}` });
  const said = h("span", { class: "where" }, "sending …");
  const item = h("li", {}, h("strong", {}, printed(file.name)), bar, said);
  jobs.prepend(item);
  try {
    const body = new FormData();
    body.append("file", file);
    const job = await (await api.request(`${api.path(corpus)}/documents`, { method: "POST", body })).json();
    const ended = await followed(job, said, bar);
    replace(said, outcome(ended, corpus));
    announce(`${file.name}: ${said.textContent}`);
  } catch (error) {
    replace(said, failed(error));
  } finally {
    bar.remove();
    api.forget();
    await done();
  }
}

async function followed(job, said, bar) {
  let last = job;
  for await (const event of events(`/v1/jobs/${encodeURIComponent(job.id)}/events`)) {
    last = { ...last, ...event.data };
    progress(last, said, bar);
    if (hasEnded(last)) return last;
  }
  return { ...last, ...(await api.get(`/v1/jobs/${encodeURIComponent(job.id)}`)) };
}

function hasEnded(job) {
  return ["done", "failed"].includes(job.state ?? job.status);
}

function progress(job, said, bar) {
  const { done, total } = job;
  if (total) {
    bar.max = total;
    bar.value = done ?? 0;
  }
  replace(said, [job.stage ?? job.state ?? job.status, total ? `${done ?? 0} of ${total}` : null].filter(Boolean).join(" · "));
}

function outcome(job, corpus) {
  if ((job.state ?? job.status) === "failed") return h("span", { class: "failed" }, `Not stored: ${job.error?.detail ?? job.error ?? job.detail ?? "see the server’s log"}`);
  return ["Stored. ", h("a", { href: address({ corpus }) }, "Ask it")];
}
