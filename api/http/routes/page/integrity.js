// What a reader found in a file, and whether it is sound: one line, and the rest when it is asked for.

import { h, printed } from "./dom.js";
import { chip } from "./entry.js";
import { count, numbers } from "./words.js";

// `of`: the document whose entries the numbers open; null where they aren't to be opened.
export function report(found, of) {
  const gaps = (found.missing?.length ?? 0) + (found.duplicates?.length ?? 0) + (found.unresolved?.length ?? 0);
  const isSound = found.contiguous && !gaps;
  const words = isSound ? `Sound: ${count(found.references, "reference")}, ${count(found.citations, "citation")}` : "With gaps: answers that touch them say so";
  return h("details", { class: "report" }, h("summary", { class: isSound ? "sound" : "unsound" }, words),
    h("dl", {}, rows(found, of).filter(Boolean).map(([term, what]) => [h("dt", {}, term), h("dd", {}, what)])));
}

function rows(found, of) {
  const list = (all) => (of ? h("span", { class: "chips" }, all.map((number) => [chip(number, of), " "])) : numbers(all));
  return [
    ["References", `${found.references}, ${found.contiguous ? "numbered without a gap" : `missing ${numbers(found.missing ?? [])}`}`],
    ["Citations", `${found.citations} pairs of statement and reference`],
    ["Unresolved markers", found.unresolved?.length ? found.unresolved.map((each) => h("div", {}, printed(each.marker), ` (${each.reason})`)) : "none"],
    found.duplicates?.length ? ["Numbers given twice", numbers(found.duplicates)] : null,
    ["Never cited", found.never_cited?.length ? list(found.never_cited) : "none"],
    found.duplicate_entries?.length ? ["One work, two numbers", found.duplicate_entries.map((pair) => pair.join(" and ")).join("; ")] : null,
    found.without_doi?.length ? ["Without a DOI", numbers(found.without_doi)] : null,
    ...(found.warnings ?? []).map((words) => ["Note", printed(words)]),
  ];
}
