// "Copy with citation": a statement, or a whole answer, as quoted text with its references and all that speaks against them.

import { keysOf } from "./api.js";
import { copied } from "./clipboard.js";
import { announce, h } from "./dom.js";
import { parted } from "./markers.js";
import { keep, kept } from "./storage.js";
import { heading, pageNumber, people, standing, year } from "./words.js";

const STYLES = {
  plain: { label: "Plain text", quote: plainQuote, entry: plainEntry },
  markdown: { label: "Markdown", quote: markdownQuote, entry: markdownEntry },
  bibtex: { label: "BibTeX keys", quote: latexQuote, needsKeys: true },
  pandoc: { label: "Markdown with keys", quote: pandocQuote, needsKeys: true },
};
const CHOSEN = "cite-as";
// Milliseconds for which a button says what it did.
const SAID = 2500;

function style() {
  return STYLES[kept(CHOSEN, "plain")] ?? STYLES.plain;
}

// For the whole answer; the form chosen here is also that of each statement's own button.
export function copier(answer) {
  const select = h("select", { "aria-label": "Form of what is copied" }, Object.entries(STYLES).map(([value, { label }]) => h("option", { value }, label)));
  select.value = kept(CHOSEN, "plain") in STYLES ? kept(CHOSEN, "plain") : "plain";
  select.addEventListener("change", () => keep(CHOSEN, select.value));
  return h("div", { class: "exporter" }, h("span", { class: "label" }, "Quote with citations"), select, copyButton("Copy answer", "Copy the answer with its citations", answer.claims, answer));
}

export function copyOne(claim, answer) {
  return copyButton("Copy", `Copy with citation: ${claim.text.slice(0, 60)}`, [claim], answer, "plain");
}

function copyButton(label, name, claims, answer, style_ = null) {
  const button = h("button", { type: "button", class: style_, "aria-label": name, title: "Copy with citation" }, label);
  button.addEventListener("click", async () => {
    let words;
    try {
      words = await copied(await quoted(claims, answer), `Copied as ${style().label}`);
    } catch (error) {
      words = error.message;
    }
    button.textContent = words;
    announce(words);
    setTimeout(() => { button.textContent = label; }, SAID);
  });
  return button;
}

async function quoted(claims, answer) {
  const { quote, entry, needsKeys } = style();
  const used = answer.references.filter((each) => claims.some((claim) => cites(claim, each, answer)));
  const keys = needsKeys && used.length ? await keysOf(answer.corpus.name, used) : [];
  const quotes = claims.map((claim) => quote(facts(claim, answer, used, keys)));
  return [...quotes, entry ? used.map(entry).join("\n") : ""].filter(Boolean).join("\n\n");
}

function cites(claim, entry, answer) {
  const { document } = answer.passages.find((each) => each.id === claim.passage) ?? {};
  const isOf = !document || !entry.document || entry.document === (document.review ?? document.id);
  return isOf && [...claim.references, ...claim.carried, document?.reference].includes(entry.number);
}

function facts(claim, answer, used, keys) {
  const passage = answer.passages.find((each) => each.id === claim.passage);
  const own = used.filter((each) => cites(claim, each, answer));
  const told = parted(claim.text, claim.references).flatMap((part) => part.numbers ?? []);
  return {
    text: claim.text.replaceAll("\t", " · ").trim(),
    title: passage?.document.title ?? "",
    where: passage ? [passage.label, heading(passage.section), pageNumber(passage.page)].filter(Boolean).join(", ") : "",
    missing: own.map((each) => each.number).filter((number) => !told.includes(number)),
    keys: own.map((each) => keys[used.indexOf(each)]).filter(Boolean),
    notes: [...claim.doubts.map(doubtWords), ...claim.unresolved.map((one) => `A reference is missing here: ${one.warning}`), ...own.filter((each) => each.status?.notices.length).map((each) => `Reference ${each.number}: ${standing(each.status)}`)],
  };
}

function doubtWords(one) {
  const [best, ...rest] = one.better;
  const better = best ? `; ${best} fits better${rest.length ? ` (then ${rest.join(", ")})` : ""}` : "";
  return `Check the citation: ${one.reference} doesn’t seem to fit this statement${better}: ${one.reason}.`;
}

// Numbers that the sentence itself doesn't print, since they stand as superscripts or in a later sentence.
function numbersAfter({ missing }, escape = (text) => text) {
  return missing.length ? ` ${escape(`[${missing.join(", ")}]`)}` : "";
}

function plainQuote(given) {
  return [`“${given.text}”${numbersAfter(given)} (${[given.title, given.where].filter(Boolean).join(", ")})`, ...given.notes.map((words) => `Note: ${words}`)].join("\n");
}

function plainEntry(entry) {
  const title = entry.title ? [people(entry.author), entry.title, printedIn(entry), entry.DOI && `doi:${entry.DOI}`].filter(Boolean).join(". ") : entry.raw;
  return `[${entry.number}] ${title} — ${standing(entry.status)}`;
}

function printedIn(entry) {
  const number = [entry.volume, entry.issue && `(${entry.issue})`, entry.page && `:${entry.page}`].filter(Boolean).join("");
  return [entry["container-title"], [year(entry), number].filter(Boolean).join(";")].filter(Boolean).join(" ");
}

function markdown(text) {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/gu, "\\$&");
}

function markdownQuote(given) {
  const source = [given.title && `*${markdown(given.title)}*`, markdown(given.where)].filter(Boolean).join(", ");
  return [`> ${markdown(given.text)}${numbersAfter(given, markdown)}`, ">", `> — ${source}`, ...given.notes.flatMap((words) => [">", `> **Note:** ${markdown(words)}`])].join("\n");
}

function markdownEntry(entry) {
  const doi = entry.DOI ? ` <https://doi.org/${encodeURI(entry.DOI)}>` : "";
  const words = entry.title ? [people(entry.author), entry.title, printedIn(entry)].filter(Boolean).join(". ") : entry.raw;
  return `- ${markdown(`[${entry.number}] ${words}.`)}${doi} — ${markdown(standing(entry.status))}`;
}

const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

function latex(text) {
  return text.replaceAll(/[\\{}~^&%$#_]/gu, (sign) => TEX[sign] ?? `\\${sign}`);
}

function latexQuote({ text, title, where, keys, notes }) {
  const cite = keys.length ? ` \\cite{${keys.join(",")}}` : "";
  return [...notes.map((words) => `% Note: ${words.replaceAll(/\s+/gu, " ")}`), `“${latex(text)}”${cite} % ${[title, where].filter(Boolean).join(", ").replaceAll(/\s+/gu, " ")}`].join("\n");
}

function pandocQuote(given) {
  const cite = given.keys.length ? ` [${given.keys.map((key) => `@${key}`).join("; ")}]` : "";
  const source = [given.title && `*${markdown(given.title)}*`, markdown(given.where)].filter(Boolean).join(", ");
  return [`> ${markdown(given.text)}${cite}`, ">", `> — ${source}`, ...given.notes.flatMap((words) => [">", `> **Note:** ${markdown(words)}`])].join("\n");
}
