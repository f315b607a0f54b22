// How things are said.

// From here on an answer is one; below it may be one.
export const LIKELY = 0.6;
// A refusal from here on says "possibly".
export const POSSIBLE = 0.25;

export function confidence(value) {
  const shown = value.toFixed(2);
  const word = shown >= 0.85 ? "high" : shown >= LIKELY ? "fair" : "low";
  return `${word} (${shown})`;
}

export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

export function cited(times) {
  return times === 0 ? "never cited" : times === 1 ? "cited once" : times === 2 ? "cited twice" : `cited ${times} times`;
}

export function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function heading(section) {
  return [section?.number, section?.title].filter(Boolean).join(" ");
}

// A page, whose number stays on the line of its "p.".
export function pageNumber(page) {
  return page ? `p.\u00a0${page}` : "";
}

export function place(passage) {
  return [passage.label, heading(passage.section), pageNumber(passage.page)].filter(Boolean).join(" · ");
}

export const KINDS = { abstract: "Abstract", prose: "Text", table_row: "Table row", caption: "Caption",
  reference: "Bibliography entry", paper: "Cited paper", front: "Front matter" };

export function kind(name) {
  return KINDS[name] ?? name;
}

export function corpusName(summary) {
  return summary.use === "sample" ? "built-in sample" : summary.name;
}

export function people(authors = []) {
  const names = authors.map((one) => one.literal ?? [one.family, one.given].filter(Boolean).join(" "));
  return names.length > 6 ? `${names.slice(0, 6).join(", ")}, et al.` : names.join(", ");
}

export function year(entry) {
  return entry.issued?.["date-parts"]?.[0]?.[0] ?? null;
}

// "11–13, 15" of 11, 12, 13, 15.
export function numbers(found) {
  const runs = [];
  for (const number of [...found].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}–${last}`)).join(", ");
}

// What is said of a work with such a notice, the worst first.
const NOTICES = { retraction: "RETRACTED", withdrawal: "WITHDRAWN", "partial-retraction": "PARTLY RETRACTED",
  "expression-of-concern": "EXPRESSION OF CONCERN", reinstatement: "reinstated after a retraction", correction: "corrected" };
const GRAVE = ["retraction", "withdrawal", "partial-retraction", "expression-of-concern"];
// A status older than so many days says its age.
const OLD = 90;

// Whether a notice stands by which the work can't be cited as it is.
export function isGrave(status) {
  const notices = status?.notices ?? [];
  const back = notices.filter((each) => each.type === "reinstatement").map((each) => each.date ?? "").sort().at(-1);
  return notices.some((each) => GRAVE.includes(each.type)
    && !(back !== undefined && ["retraction", "withdrawal"].includes(each.type) && (each.date ?? "") <= back));
}

// Whether a work still stands, in one line.
export function standing(status) {
  if (!status) return "not checked for retraction";
  const told = status.notices.map((each) => {
    const from = [each.DOI, each.source].filter(Boolean).join(", ");
    return `${[NOTICES[each.type] ?? each.type, each.date].filter(Boolean).join(" ")} (${from})`;
  });
  const days = Math.floor((Date.now() - Date.parse(status.checked)) / 86_400_000);
  const said = told.length ? told.join("; ") : `no notice found by ${new Intl.ListFormat("en-GB").format(status.sources)}`;
  return `${said}; checked ${status.checked}${days > OLD ? `, ${days} days ago` : ""}`;
}
