// The audit of the document's own citations: runs of shifted numbers, suspects worst first, bookkeeping, every pair.

import * as api from "./api.js";
import { address, inPlace } from "./address.js";
import { announce, h, printed, replace } from "./dom.js";
import { chip } from "./entry.js";
import { failed } from "./failed.js";
import { confidence, count, year } from "./words.js";

const KINDS = {
  beyond_list: "Unresolved markers", numbering: "Numbers of the list", never_cited: "Listed, but never cited",
  duplicate: "One work under two numbers", out_of_order: "First cited out of order", doubled_doi: "Two DOIs printed as one",
  malformed_doi: "Not a DOI", year_conflict: "Year and DOI disagree", volume_conflict: "Volume and DOI disagree",
  uncited_claim: "Findings of others without a citation", contradicted: "Print and record disagree",
  other_work: "The DOI of another work", not_found: "Known to no source asked",
  misread: "Perhaps read wrongly",
};
const VERDICTS = { suspect: "suspect", cannot_tell: "can’t tell", fits: "fits" };
const MOST = 25;

export async function auditView(main, state, corpus) {
  replace(main, h("h1", {}, "Citation audit"), h("p", { class: "quiet" }, "Holding every citation against the list …"));
  try {
    const [audit, entries, { contents }] = await Promise.all([api.audit(corpus), api.references(corpus), api.corpus(corpus)]);
    const found = contents.filter((each) => each.kind !== "paper").map((each) => findings(each, audit, entries, corpus)).filter((each) => each.pairs.length || each.slips.length || each.failure);
    replace(main, h("h1", {}, "Citation audit"), introduction(), found.length ? [taken(corpus), found.map(report)] : h("p", { class: "quiet" }, "No document here has both reference markers and the list that they lead to, so there is nothing to audit."));
    announce(`${count(found.reduce((sum, each) => sum + each.suspects.length, 0), "suspect statement")}, ${count(audit.runs.length, "run")} of shifted numbers.`);
  } catch (error) {
    replace(main, h("h1", {}, "Citation audit"), failed(error));
  }
}

function introduction() {
  return h("p", { class: "intro" }, "Which printed reference numbers don’t seem to fit their statements, and which would. It rests on titles, on abstracts of papers in the corpus, and on the order of the numbers, so a suspect is one to look at.");
}

// Where the server asks for a key, a link wouldn't send it: then the report comes as a file.
function taken(corpus) {
  const path = `${api.path(corpus)}/audit?format=html`;
  const said = h("span", { class: "said-so" });
  const download = async () => {
    try {
      const text = await (await api.request(path)).text();
      const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/html" })), download: `${corpus}-citation-audit.html` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      replace(said, "The report is downloaded.");
      announce("The report is downloaded.");
    } catch (error) {
      replace(said, error.message);
      announce(error.message);
    }
  };
  return h("p", { class: "exporter" }, h("span", { class: "label" }, "Report for the authors"),
    api.hasKey() ? null : h("a", { class: "button", href: path, target: "_blank", rel: "noopener" }, "Open", h("span", { class: "unseen" }, " the report in a new tab")),
    h("button", { type: "button", onclick: download }, "Download"), said);
}

function findings(document, audit, entries, corpus) {
  const own = (list) => list.filter((each) => each.document === document.id);
  const pairs = own(audit.pairs);
  const runs = own(audit.runs).map((run) => ({ run, rows: rowsOf(run, pairs) }));
  const told = new Set(runs.flatMap((each) => each.rows));
  const all = pairs.filter((each) => each.verdict === "suspect");
  const beside = all.filter((each) => !told.has(each)).sort((a, b) => a.score - b.score);
  return { document, corpus, pairs, runs, slips: own(audit.bookkeeping), disagreeing: own(audit.verified).filter((each) => each.cited.verdict === "disagrees").sort((a, b) => b.cited.score - a.cited.score), failure: own(audit.failed).map((each) => each.reason).join("; "), all, beside, suspects: byStatement(beside), entries: new Map(own(entries).map((each) => [each.number, each])) };
}

// The citations in a run: those of its table, or of the text between its ends, whose numbers it corrects.
function rowsOf(run, pairs) {
  const label = ({ statement }) => (statement.where === "table" ? statement.label : null);
  const inside = pairs.filter(({ statement }) => run.start <= statement.start && statement.end <= run.end);
  const wanted = inside.some((each) => label(each) === run.where) ? run.where : null;
  return inside.filter((each) => label(each) === wanted && String(each.reference) in run.mapping);
}

function byStatement(pairs) {
  const found = new Map();
  for (const each of pairs) found.set(each.statement.start, [...(found.get(each.statement.start) ?? []), each]);
  return [...found.values()];
}

function report(found) {
  const { document, runs, suspects, disagreeing, slips } = found;
  const heading = h("h2", {}, h("a", { href: inPlace(found.corpus, document.id) }, printed(document.title)));
  if (found.failure) return h("article", { class: "audit" }, heading, h("p", {}, "This document couldn’t be audited, so nothing is known of its citations: ", printed(found.failure)));
  return h("article", { class: "audit" }, heading, h("p", { class: "quiet" }, summary(found)),
    runs.length ? h("section", {}, h("h3", {}, "Runs of shifted numbers"), runs.map((each) => runOf(each, found))) : null,
    suspects.length ? h("section", {}, h("h3", {}, `${runs.length ? "Other suspect" : "Suspect"} citations, worst first`), long(suspects, (each) => suspectOf(each, found), "doubted")) : null,
    disagreeing.length ? h("section", {}, h("h3", {}, "Statements that a cited work may disagree with: read both"), long(disagreeing, (each) => disagreeingOf(each, found), "doubted")) : null,
    slips.length ? h("section", {}, h("h3", {}, "The list and its numbers"), bookkeeping(found)) : null,
    every(found));
}

function summary({ pairs, all, beside, runs, slips }) {
  const counted = (verdict) => pairs.filter((each) => each.verdict === verdict).length;
  const told = all.length - beside.length;
  const inside = told ? ` (${beside.length ? told : "all"} of them in ${runs.length === 1 ? "a run" : "runs"})` : "";
  return `${count(pairs.length, "pair")} of statement and reference: ${counted("fits")} fit, ${all.length} suspect${inside}, ${counted("cannot_tell")} can’t be told. ${runs.length ? count(runs.length, "run") : "No run"} of shifted numbers; ${slips.length ? count(slips.length, "finding") : "nothing found"} in the list itself.`;
}

// The first ones; the rest is made when it is asked for.
function long(items, make, name) {
  const list = h("ol", { class: name }, items.slice(0, MOST).map(make));
  if (items.length <= MOST) return list;
  const more = h("button", { type: "button" }, `Show ${items.length - MOST} more`);
  more.addEventListener("click", () => {
    const next = items.slice(MOST).map(make);
    list.append(...next);
    more.remove();
    next[0].querySelector("a")?.focus();
  });
  return [list, more];
}

function runOf({ run, rows }, found) {
  const id = `r${run.start}`;
  const body = rows.map((each) => h("tr", {}, h("td", {}, stood(each.statement, found)), named(each.reference, found, "Printed", each.verdict === "suspect" ? null : "a broad work, which may say this, too"), meant(each, run.mapping[each.reference], found)));
  return h("div", { class: "run" }, h("h4", { id }, printed(run.where)),
    h("p", {}, `${run.reason}. `, h("span", { class: "quiet" }, `Confidence ${confidence(run.confidence)}`)),
    h("div", { class: "table" }, h("div", { class: "scroll", role: "region", "aria-labelledby": id, tabindex: 0 },
      h("table", { "aria-labelledby": id }, h("thead", {}, h("tr", {}, ["Statement", "Printed", "Meant, as it seems"].map((each) => h("th", { scope: "col" }, each)))), h("tbody", {}, body)))),
    run.agrees.length ? h("details", {}, h("summary", {}, `${count(run.agrees.length, "statement")} elsewhere ${run.agrees.length === 1 ? "cites" : "cite"} what is meant here`), h("ul", { class: "agrees" }, run.agrees.map((each) => h("li", {}, stood(each, found))))) : null);
}

// The entry that the shift leads to, and the one that fits better still, if there is one.
function meant(pair, number, found) {
  const best = pair.better[0]?.number ?? number;
  return named(number, found, "Meant", best === number ? null : ["by the shift; ", chip(best, found.document.id), " ", printed(title(best, found)), " fits better still"]);
}

function named(number, found, label, remark = null) {
  return h("td", { "data-label": label }, chip(number, found.document.id), " ", printed(title(number, found)), remark ? h("span", { class: "quiet" }, " (", remark, ")") : null);
}

function title(number, { entries }) {
  const entry = entries.get(number);
  if (!entry) return "no such entry";
  return entry.title ? `${entry.title}${year(entry) ? ` (${year(entry)})` : ""}` : entry.raw;
}

// A statement, which opens where it stands.
function stood(statement, found) {
  return h("a", { class: "quote", href: inPlace(found.corpus, found.document.id, statement.start, statement.end) }, printed(statement.text.replaceAll("\t", "  ·  ")));
}

function suspectOf(pairs, found) {
  const { statement } = pairs[0];
  const to = inPlace(found.corpus, found.document.id, statement.start, statement.end);
  return h("li", {}, h("p", { class: "said" }, printed(statement.text.replaceAll("\t", "  ·  "))),
    h("p", { class: "where" }, printed(placed(statement)), h("a", { class: "open", href: to }, "Read in its place", h("span", { class: "unseen" }, `: ${statement.text.slice(0, 60)}`))),
    pairs.map((each) => h("div", { class: "doubt" }, h("p", {}, chip(each.reference, found.document.id), " ", printed(title(each.reference, found))), h("p", { class: "why" }, printed(each.reason), h("span", { class: "quiet" }, ` · support ${each.score.toFixed(2)}`)),
      each.better.length ? [h("p", { class: "quiet" }, "Fits better"), h("ul", {}, each.better.map((other) => h("li", {}, chip(other.number, found.document.id), " ", printed(title(other.number, found)), h("span", { class: "quiet" }, ` · support ${other.score.toFixed(2)}`))))] : null)));
}

function disagreeingOf(each, found) {
  return h("li", {}, h("p", { class: "said" }, stood(each, found)),
    h("div", { class: "doubt" }, h("p", {}, chip(each.cited.number, found.document.id), " ", printed(title(each.cited.number, found))), h("p", { class: "why" }, `says in its ${each.cited.level}: `, h("q", {}, printed(each.cited.text)), h("span", { class: "quiet" }, ` · disagrees ${each.cited.score.toFixed(2)}`))));
}

function placed({ label, section }) {
  return [label, /^[\d.]+$/u.test(section ?? "") ? `Section ${section}` : section].filter(Boolean).join(" · ");
}

function bookkeeping(found) {
  return Object.entries(KINDS).map(([kind, words]) => {
    const slips = found.slips.filter((each) => each.kind === kind);
    return slips.length ? [h("h4", {}, `${words} (${slips.length})`), long(slips, (each) => slip(each, found), "slips")] : null;
  });
}

function slip(each, found) {
  const numbers = each.references.filter((number) => found.entries.has(number)).slice(0, 40);
  return h("li", {}, printed(each.detail), " ", h("span", { class: "chips" }, numbers.map((number) => [chip(number, found.document.id), " "])),
    each.start === null ? null : h("a", { class: "open", href: inPlace(found.corpus, found.document.id, each.start, each.end) }, "Read in its place", h("span", { class: "unseen" }, `: ${each.detail.slice(0, 60)}`)));
}

function every(found) {
  const inside = h("div", {});
  const row = (each) => h("li", {}, chip(each.reference, found.document.id), h("div", {}, stood(each.statement, found), h("p", { class: "where" }, printed(title(each.reference, found))), h("p", { class: "where" }, printed(each.reason))), h("span", { class: each.verdict === "suspect" ? "times never" : "times" }, `${VERDICTS[each.verdict]} ${each.score.toFixed(2)}`));
  const made = h("details", { class: "further" }, h("summary", {}, `Every citation with its verdict (${found.pairs.length})`), inside);
  made.addEventListener("toggle", () => made.open && !inside.hasChildNodes() && replace(inside, h("ol", { class: "entries" }, found.pairs.map(row))));
  return made;
}

export function auditLink(corpus) {
  return h("a", { href: address({ view: "audit", corpus }) }, "Its citation audit");
}
