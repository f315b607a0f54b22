// An evidence table: several questions put to each document by itself, sorted and filtered here.

import * as api from "./api.js";
import { address, go, inPlace } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { chip } from "./entry.js";
import { failed } from "./failed.js";
import { count, heading, isGrave } from "./words.js";

const MOST = 20;
const LONGEST = 2000;
// Questions times documents of one request.
const MOST_CELLS = 400;
// The formats, and how files of some questions each become that of all of them.
const FORMS = [["csv", "CSV", "text/csv", oneHead], ["md", "Markdown", "text/markdown", (texts) => texts.join("\n")], ["json", "JSON", "application/json", oneRecord]];
// What Excel needs to take a file for UTF-8; other programs don't, so the server sends none.
const MARK = "\ufeff";
// Tables made while the page is open, with how they were last sorted and filtered: reading a claim in its place and coming
// back loses nothing.
const kept = new Map();
const MOST_KEPT = 10;
const RESULTS = { found: 0, perhaps: 1, "not found": 2 };
const cells = (text) => text.replaceAll("\t", "  ·  ");
const worst = (row) => (row.cited.some((each) => isGrave(each.status)) ? 0 : row.cited.some((each) => !each.status) ? 1 : row.cited.length ? 2 : 3);
const words = (row) => row.document.title.toLocaleLowerCase("en");
// The columns, with the order of each that sorts.
const COLUMNS = {
  question: ["Question", (a, b) => a.asked - b.asked],
  document: ["Document", (a, b) => words(a).localeCompare(words(b), "en")],
  result: ["Result", (a, b) => RESULTS[a.result] - RESULTS[b.result] || b.confidence - a.confidence],
  claim: ["In its own words", null],
  references: ["References", (a, b) => (a.cited[0]?.number ?? Infinity) - (b.cited[0]?.number ?? Infinity)],
  status: ["Status", (a, b) => worst(a) - worst(b)],
  page: ["Page", (a, b) => (a.page ?? Infinity) - (b.page ?? Infinity)],
};

export async function tablesView(main, state, corpus) {
  const questions = asked(state.q);
  const into = h("section", { class: "evidence-table", "aria-label": "Evidence table" });
  replace(main, h("h1", {}, "Evidence table"), h("p", { class: "intro" }, "Every question is put to each document by itself. One row is one sentence of a document, word for word; a document that doesn’t answer has a row that says so."), form(state, corpus), into);
  if (questions.length) gather(into, questions, corpus);
}

export function asked(text) {
  return [...new Set((text ?? "").split("\n").map((line) => line.trim()).filter(Boolean))];
}

function form(state, corpus) {
  const box = h("textarea", { id: "questions", rows: 3, required: true, placeholder: "How many patients took part?\nWhat was the dose?", "aria-describedby": "questions-how" });
  box.value = state.q ?? "";
  const submitted = (event) => {
    event.preventDefault();
    const questions = asked(box.value);
    const long = questions.find((each) => each.length > LONGEST);
    box.setCustomValidity(questions.length > MOST ? `At most ${MOST} questions, please.` : long ? `A question has at most ${LONGEST.toLocaleString("en")} characters.` : "");
    if (box.reportValidity() && questions.length) go(address({ view: "tables", corpus, q: questions.join("\n") }));
  };
  box.addEventListener("input", () => box.setCustomValidity(""));
  return h("form", { class: "table-questions", onsubmit: submitted }, h("label", { for: "questions" }, "Questions ", h("span", { class: "quiet", id: "questions-how" }, "one a line")), box, h("button", { class: "main" }, "Make the table"));
}

// Question by question, so that the first rows are there soon; a table that nobody looks at any more ends.
async function gather(into, questions, corpus) {
  const bar = h("progress", { max: questions.length, value: 0, "aria-label": "Questions asked" });
  into.setAttribute("aria-busy", "true");
  replace(into, bar);
  try {
    const made = await keptFor(corpus, questions);
    const table = drawn(made, corpus, questions);
    into.append(table.element);
    bar.value = made.asked;
    for (const question of questions.slice(made.asked)) {
      const found = await api.get(path(corpus, [question]));
      if (!into.isConnected) return;
      made.documents = found.asked;
      made.rows.push(...found.rows.map((row) => ({ ...row, asked: made.asked })));
      made.asked += 1;
      bar.value = made.asked;
      table.update();
    }
    announce(table.said());
  } catch (error) {
    into.append(failed(error));
  } finally {
    into.removeAttribute("aria-busy");
    bar.remove();
  }
}

function path(corpus, questions, form) {
  const query = new URLSearchParams(questions.map((question) => ["question", question]));
  if (form) query.set("format", form);
  return `${api.path(corpus)}/table?${query}`;
}

// What was made of these questions before, of the corpus as it is now; else a new one.
async function keptFor(corpus, questions) {
  const { fingerprint } = await api.corpus(corpus);
  const key = JSON.stringify([corpus, fingerprint, questions]);
  if (!kept.has(key)) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { rows: [], asked: 0, documents: null, by: "question", isTurned: false, filter: "", onlyFound: false });
  }
  return kept.get(key);
}

// The table, its controls, and what shows its rows anew.
function drawn(made, corpus, questions) {
  const filter = h("input", { id: "filter", type: "search", autocomplete: "off", placeholder: "Words of a claim, title, entry or status" });
  const found = h("input", { id: "found", type: "checkbox" });
  const tally = h("p", { class: "quiet", id: "tally" });
  const body = h("tbody");
  const heads = Object.entries(COLUMNS).filter(([name]) => name !== "question" || questions.length > 1).map(([name, column]) => head(name, column, made, () => changed()));
  filter.value = made.filter;
  found.checked = made.onlyFound;
  const update = () => {
    const sign = made.isTurned ? -1 : 1;
    const shown = made.rows.filter((row) => fits(row, made)).sort((a, b) => sign * COLUMNS[made.by][1](a, b));
    replace(body, shown.map((row, place) => line(row, shown[place - 1], corpus, questions)));
    for (const each of heads) each.setAttribute("aria-sort", each.dataset.name !== made.by ? "none" : made.isTurned ? "descending" : "ascending");
    replace(tally, said(shown, made.rows));
  };
  const changed = () => {
    [made.filter, made.onlyFound] = [filter.value, found.checked];
    update();
    announce(tally.textContent);
  };
  filter.addEventListener("input", changed);
  found.addEventListener("input", changed);
  const controls = h("form", { class: "controls", role: "search", onsubmit: (event) => event.preventDefault() }, h("label", { for: "filter" }, "Filter"), filter, h("span", { class: "tick" }, found, h("label", { for: "found" }, "only what was found")));
  const scrolled = h("div", { class: "scrolled", tabindex: 0, role: "group", "aria-label": "Rows of the table" }, h("table", {}, h("thead", {}, h("tr", {}, heads)), body));
  update();
  return { element: h("div", {}, controls, tally, scrolled, takeAway(made, corpus, questions)), update, said: () => tally.textContent };
}

function said(shown, rows) {
  const answered = rows.filter((row) => row.claim).length;
  return `${shown.length} of ${count(rows.length, "row")}: ${count(answered, "claim")}, ${rows.length - answered} not found`;
}

function head(name, [label, compare], made, changed) {
  if (!compare) return h("th", { scope: "col", "data-name": name }, label);
  const press = () => {
    made.isTurned = made.by === name && !made.isTurned;
    made.by = name;
    changed();
  };
  return h("th", { scope: "col", "data-name": name }, h("button", { type: "button", onclick: press }, label));
}

function fits(row, made) {
  if (made.onlyFound && !row.claim) return false;
  const text = [row.question, row.document.title, row.source, row.result, row.claim, row.context, heading(row.section), ...row.notes, ...row.cited.flatMap((each) => [`[${each.number}]`, each.entry, each.said])].join(" ").toLocaleLowerCase("en");
  return made.filter.trim().toLocaleLowerCase("en").split(/\s+/u).every((word) => text.includes(word));
}

// What the row above says already is there for who listens, and isn't shown again.
function line(row, above, corpus, questions) {
  const isSame = above?.question === row.question;
  const isAgain = isSame && above.document.id === row.document.id;
  const cell = (name, ...children) => h("td", { "data-label": COLUMNS[name][0] }, children);
  const document = isAgain ? h("span", { class: "unseen" }, printed(row.document.title)) : [h("a", { href: inPlace(corpus, row.document.id) }, printed(row.document.title)), h("span", { class: "where" }, printed(row.source))];
  return h("tr", { class: [row.claim ? null : "nothing", isAgain ? "again" : null].filter(Boolean).join(" ") },
    questions.length > 1 ? cell("question", h("span", { class: isSame ? "unseen" : null }, printed(row.question))) : null,
    h("th", { scope: "row", "data-label": "Document" }, document),
    cell("result", h("span", { class: `result ${row.result.replace(" ", "-")}` }, row.result), " ", h("span", { class: "where" }, row.confidence.toFixed(2))),
    cell("claim", row.claim ? claim(row, corpus) : h("span", { class: "where" }, "–"), row.notes.map((words) => h("p", { class: "table-note" }, printed(words)))),
    cell("references", row.cited.map((each) => h("p", {}, chip(each.number, row.document.review ?? row.document.id, each.carried), " ", printed(each.entry ?? "no such entry")))),
    cell("status", row.cited.map((each) => h("p", { class: isGrave(each.status) ? "grave" : null }, h("span", { class: "quiet" }, `[${each.number}] `), printed(each.said)))),
    cell("page", row.page ?? ""));
}

function claim(row, corpus) {
  return [
    row.context ? h("p", { class: "where" }, "(before) ", printed(`“${cells(row.context)}”`)) : null,
    h("p", {}, h("a", { class: "quote", href: inPlace(corpus, row.document.id, row.start, row.end) }, printed(`“${cells(row.claim)}”`)), h("span", { class: "where" }, printed([row.label, heading(row.section), row.document.reference && `cited paper [${row.document.reference}]`].filter(Boolean).join(" · ")))),
  ];
}

function takeAway(made, corpus, questions) {
  const told = h("span", { class: "said-so" });
  const select = h("select", { "aria-label": "Format of the table" }, FORMS.map(([value, label]) => h("option", { value }, label)));
  const take = async () => {
    const [form, label, type, join] = FORMS.find(([value]) => value === select.value);
    try {
      const texts = await written(corpus, portions(questions, made.documents), form);
      const text = texts.length > 1 ? join(texts) : texts[0];
      save(form === "csv" ? MARK + text : text, `${corpus}-evidence.${form}`, type);
      replace(told, `Downloaded as ${label}, with every row.`);
    } catch (error) {
      replace(told, error.message);
    }
    announce(told.textContent);
  };
  return h("div", { class: "exporter" }, h("span", { class: "label" }, "Take the table with you"), select, h("button", { type: "button", onclick: take }, "Download"), told);
}

// As many questions at a time as the server answers of these documents.
function portions(questions, documents) {
  const size = Math.max(1, Math.floor(MOST_CELLS / Math.max(documents ?? MOST_CELLS, 1)));
  return Array.from({ length: Math.ceil(questions.length / size) }, (_, place) => questions.slice(place * size, (place + 1) * size));
}

// The server's file for each portion, one after the other; all of them are of the same corpus.
async function written(corpus, parts, form) {
  const before = (await api.corpus(corpus)).fingerprint;
  const texts = [];
  for (const part of parts) texts.push(await (await api.request(path(corpus, part, form))).text());
  if (parts.length > 1 && (await api.corpus(corpus)).fingerprint !== before) throw new Error("The corpus changed meanwhile. Make the table again.");
  return texts;
}

// Rows of CSV, of which only the first file's heads stay.
function oneHead([first, ...rest]) {
  const end = "\r\n";
  return [first, ...rest.map((each) => each.slice(each.indexOf(end) + end.length))].join("");
}

function oneRecord(texts) {
  const all = texts.map((each) => JSON.parse(each));
  return `${JSON.stringify({ ...all[0], questions: all.flatMap((each) => each.questions), rows: all.flatMap((each) => each.rows) })}\n`;
}

function save(text, name, type) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
