// The corpora: what each holds, whether it is sound, and a place to drop a document.

import * as api from "./api.js";
import { address, inPlace } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { auditLink } from "./audit.js";
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
  const facts = h("span", { class: "where" }, factsOf(summary));
  const made = h("details", { class: "corpus" }, h("summary", {}, h("h2", {}, corpusName(summary)), facts), inside);
  made.addEventListener("toggle", () => made.open && !inside.hasChildNodes() && fill(inside, facts, summary));
  if (isOpen) made.open = true;
  return made;
}

function factsOf(summary) {
  if (summary.state === "unpublished" && !summary.documents) return summary.use === "sample" ? "indexed when it is first asked" : "nothing published yet";
  return [count(summary.documents, "document"), count(summary.passages, "passage"), count(summary.references, "reference"), size(summary.bytes), summary.state].join(" · ");
}

async function fill(inside, facts, summary) {
  replace(inside, h("p", { class: "quiet" }, "Loading …"));
  try {
    const found = await api.corpus(summary.name);
    const { contents } = found;
    // Opened now, it may hold more than when the list was drawn.
    replace(facts, factsOf(found));
    replace(inside, h("p", {}, h("a", { href: address({ corpus: summary.name }) }, "Ask it"), " · ", h("a", { href: address({ view: "bibliography", corpus: summary.name }) }, "Its bibliography"), " · ", auditLink(summary.name)),
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
  return h("div", { class: "report" }, h("p", { class: isSound ? "sound" : "unsound" }, isSound ? "Sound" : "With gaps: answers that touch them say so"), h("dl", {}, rows.map(([term, what]) => [h("dt", {}, term), h("dd", {}, what)])));
}

function upload(chosen, done) {
  const corpus = h("input", { id: "into", value: chosen && !/^(sample|files)\./u.test(chosen) ? chosen : "default", required: true, pattern: "[A-Za-z0-9_\\-][A-Za-z0-9._\\-]{0,63}", autocomplete: "off", spellcheck: "false" });
  const pick = h("input", { id: "files", type: "file", multiple: true, accept: ".pdf,.docx,.html,.htm,.xhtml,.xml,.nxml,.md,.txt", class: "unseen" });
  const jobs = h("ul", { class: "jobs", "aria-label": "Uploads" });
  const zone = h("div", { class: "drop" }, h("p", {}, h("label", { for: "files", class: "button" }, "Choose files"), pick, " or drop them here. ", h("span", { class: "quiet" }, "PDF, JATS XML, Markdown, plain text.")), h("p", {}, h("label", { for: "into" }, "Into corpus "), corpus), jobs);
  const take = async (files) => {
    if (!corpus.reportValidity()) return;
    if (files.length) await store(files, corpus.value, jobs, done);
  };
  pick.addEventListener("change", () => take([...pick.files]));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
  return h("section", { class: "upload", "aria-label": "Add documents" }, zone);
}

async function store(files, corpus, jobs, done) {
  const names = files.map((file) => file.name).join(", ");
  const bar = h("progress", { "aria-label": `Progress of ${names}` });
  const said = h("div", { class: "where" }, "sending …");
  jobs.prepend(h("li", {}, h("strong", {}, printed(names)), bar, said));
  try {
    const body = new FormData();
    for (const file of files) body.append("file", file);
    const job = await (await api.request(`${api.path(corpus)}/documents`, { method: "POST", body })).json();
    const ended = await followed(job, said, bar);
    replace(said, outcome(ended, corpus));
    announce(ended.state === "done" ? "The upload is stored." : "The upload isn’t stored.");
  } catch (error) {
    replace(said, failed(error));
  } finally {
    bar.remove();
    api.forget();
    await done();
  }
}

async function followed(job, said, bar) {
  const path = `/v1/jobs/${encodeURIComponent(job.id)}`;
  for await (const { data } of events(`${path}/events`)) {
    progress(data, said, bar);
    if (["done", "failed", "cancelled"].includes(data.state)) break;
  }
  return api.get(path);
}

const STAGES = { read: "reading", embed: "embedding", index: "indexing", publish: "publishing" };
const COUNTED = { read: "files", embed: "passages" };

function progress(job, said, bar) {
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  } else bar.removeAttribute("value");
  const counted = job.total ? `${job.done} of ${job.total} ${COUNTED[job.stage] ?? ""}` : null;
  const state = job.state === "waiting" ? "waiting: another process writes this corpus" : STAGES[job.stage] ?? job.state;
  replace(said, printed([state, job.file, counted].filter(Boolean).join(" · ")));
}

function outcome(job, corpus) {
  const each = (job.outcomes ?? []).map((file) => h("li", {}, stored(file, corpus), file.integrity ? report(file.integrity, null) : null));
  return [
    job.state === "done" ? h("p", { class: "sound" }, "Stored. ", h("a", { href: address({ corpus }) }, "Ask it")) : h("p", { class: "failed" }, `Not stored: ${job.error ?? job.state}`),
    h("ul", {}, each),
  ];
}

function stored(file, corpus) {
  const title = file.title ?? file.file;
  const link = file.document && !file.error ? h("a", { href: inPlace(corpus, file.document) }, printed(title)) : printed(title);
  return h("p", {}, file.title ? [printed(file.file), ": "] : null, link, ` · ${file.state}`, file.error ? [": ", printed(file.error)] : ` · ${count(file.references, "reference")}, ${count(file.passages, "passage")}`);
}
